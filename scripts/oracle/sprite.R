# Expected rows of `recross summary --method sprite,sprite-paired`, from lists
# of all data sets there are.
#
#   Rscript scripts/oracle/sprite.R          from the top folder
#
# writes tests/oracle/data/sprite_synthetic.csv and tests/oracle/sprite.tsv.
# The figures are made up, not of any paper.
#
# sprite: every multiset of n whole numbers of the scale is listed.  Those with
# the printed mean (and restrictions) have SDs; estimate is the one next to the
# printed SD, the interval goes from the smallest to the largest.
# sprite-paired: every multiset for the first member with every arrangement of
# every multiset for the second; estimate is the correlation, NA where there are
# no such pairs.  Only figures that leave one correlation, or none, are kept,
# since which of several pairs are found is up to the search.

source("scripts/oracle/oracle_common.R")
set.seed(26968)
EPS <- 1e-12

# all non-decreasing n-tuples of low ... high, one per row
multisets <- function(n, low, high)
{
  k <- high - low + 1
  bars <- t(combn(n + k - 1, n))
  sweep(bars, 2, seq_len(n) - 1) + low - 1
}
# all arrangements of x, each once
arrangements <- function(x)
{
  if (length(x) == 1) return(matrix(x, 1))
  out <- NULL
  for (v in unique(x))
    out <- rbind(out, cbind(v, arrangements(x[-match(v, x)])))
  unname(out)
}
places <- function(text)
  ifelse(grepl(".", text, fixed = TRUE), nchar(sub(".*\\.", "", text)), 0)
meets <- function(x, text)
  abs(x - as.numeric(text)) <= 0.5 * 10^-places(text) + EPS
sds <- function(X) sqrt(rowSums((X - rowMeans(X))^2) / (ncol(X) - 1))
fixed_text <- function(x, d) formatC(x, digits = d, format = "f")

COLS <- c("endpoint", "design", "n", "scale", "items", "min", "max",
          "seen_min", "seen_max", "fixed", "mean", "sd", "mean1", "sd1",
          "mean2", "sd2", "corr", "sd_diff", "se", "t", "p", "ci_low",
          "ci_high")
data <- rows <- NULL
add <- function(values, found)
{
  line <- setNames(rep("", length(COLS)), COLS)
  line[names(values)] <- unlist(values)
  line["endpoint"] <- paste0("e", NROW(data) + 1)
  data <<- rbind(data, line)
  rows <<- rbind(rows, cbind(case = "sprite", data = "sprite_synthetic.csv",
                             options = "-", endpoint = line[["endpoint"]],
                             measure = "-", group = "-", found,
                             tolerance = TOLERANCE))
}

# ---- one sample
one <- function(n, low, high, mean, sd, items = 1, seen_min = "",
                seen_max = "", fixed = "")
{
  X <- multisets(n, low * items, high * items)
  keep <- meets(rowMeans(X) / items, mean)
  if (seen_min != "") keep <- keep & X[, 1] == as.numeric(seen_min)
  if (seen_max != "") keep <- keep & X[, n] == as.numeric(seen_max)
  for (part in strsplit(fixed, " ")[[1]])
    {
      value <- as.numeric(strsplit(part, ":")[[1]])
      keep <- keep & rowSums(X == value[1]) == value[2]
    }
  s <- if (any(keep)) sds(X[keep, , drop = FALSE]) / items else NA
  add(list(n = n, scale = if (items > 1) "" else "integer", items = items,
           min = low, max = high, mean = mean, sd = sd, seen_min = seen_min,
           seen_max = seen_max, fixed = fixed),
      result_row("sprite", "sd", n,
                 estimate = s[which.min(abs(s - as.numeric(sd)))][1],
                 conf_low = min(s), conf_high = max(s)))
}
for (k in 1:60)
  {
    n <- sample(3:9, 1)
    low <- sample(-2:1, 1)
    high <- low + sample(1:6, 1)
    d <- sample(1:2, 1)
    x <- sample(low:high, n, replace = TRUE)
    sd <- max(0, sd(x) + sample(c(0, 0, 0.1, -0.2, 0.03), 1))
    # an SD half way between two possible ones has two nearest
    one(n, low, high, fixed_text(mean(x) + sample(c(0, 0, 0, 0.07), 1), d),
        fixed_text(sd, d))
  }
one(8, 1, 5, "3.25", "1.39", seen_min = "2", seen_max = "5")
one(8, 1, 5, "3.25", "1.39", seen_min = "1", seen_max = "4")
one(8, 1, 5, "3.25", "1.39", seen_max = "4", fixed = "1:3")
one(8, 1, 7, "3.50", "2.07", fixed = "1:2 7:1")
one(8, 1, 7, "3.50", "2.07", fixed = "4:0 3:0")
one(8, 1, 7, "3.50", "0.93", fixed = "4:0 3:0")
one(7, 1, 4, "2.43", "0.79", fixed = "5:1")
one(5, 1, 4, "2.35", "0.60", items = 4)
one(5, 1, 4, "2.33", "0.60", items = 4)
one(6, 0, 3, "1.4", "1.1", items = 3)
one(6, 1, 5, "5.50", "0.50")
one(6, 1, 5, "5.00", "0.00")

# ---- pairs
pairs_of <- function(n, low, high, f)
{
  X <- multisets(n, low, high)
  A <- X[meets(rowMeans(X), f$mean1) & meets(sds(X), f$sd1), , drop = FALSE]
  B <- X[meets(rowMeans(X), f$mean2) & meets(sds(X), f$sd2), , drop = FALSE]
  found <- NULL
  for (j in seq_len(nrow(B)))
    {
      P <- arrangements(B[j, ])
      for (i in seq_len(nrow(A)))
        {
          a <- A[i, ]
          D <- sweep(-P, 2, a, "+")
          d <- mean(D[1, ])
          s <- sds(D)
          se <- s / sqrt(n)
          r <- as.vector(cor(a, t(P)))
          t <- d / se
          q <- qt(0.975, n - 1)
          ok <- rep(TRUE, nrow(P))
          if (!is.null(f$corr)) ok <- ok & !is.na(r) & meets(r, f$corr)
          if (!is.null(f$sd_diff)) ok <- ok & meets(s, f$sd_diff)
          if (!is.null(f$se)) ok <- ok & meets(se, f$se)
          if (!is.null(f$t)) ok <- ok & is.finite(t) & meets(abs(t), sub("-", "", f$t))
          if (!is.null(f$p)) ok <- ok & is.finite(t) & meets(2 * pt(-abs(t), n - 1), f$p)
          if (!is.null(f$ci_low))
            ok <- ok & meets(d - q * se, f$ci_low) & meets(d + q * se, f$ci_high)
          found <- c(found, r[ok])
        }
    }
  found
}
kinds <- c("corr", "sd_diff", "se", "t", "p", "ci")
kept <- c(one = 0, none = 0)
while (min(kept) < 30)
  {
    n <- sample(4:6, 1)
    low <- 1
    high <- sample(3:5, 1)
    x <- sample(low:high, n, replace = TRUE)
    y <- sample(low:high, n, replace = TRUE)
    if (sd(x) == 0 || sd(y) == 0 || sd(x - y) == 0 || mean(x) == mean(y)) next
    off <- sample(c(0, 0.02, -0.03), 1)
    test <- t.test(x, y, paired = TRUE)
    f <- list(mean1 = fixed_text(mean(x), 2), sd1 = fixed_text(sd(x), 2),
              mean2 = fixed_text(mean(y), 2), sd2 = fixed_text(sd(y), 2))
    kind <- sample(kinds, 1)
    if (kind == "corr") f$corr <- fixed_text(max(-1, min(1, cor(x, y) + off)), 2)
    if (kind == "sd_diff") f$sd_diff <- fixed_text(sd(x - y) + off, 2)
    if (kind == "se") f$se <- fixed_text(max(0, test$stderr + off), 2)
    if (kind == "t") f$t <- fixed_text(test$statistic + off, 2)
    if (kind == "p") f$p <- fixed_text(min(1, max(0.001, test$p.value + off)), 3)
    if (kind == "ci")
      {
        f$ci_low <- fixed_text(test$conf.int[1] + off, 2)
        f$ci_high <- fixed_text(test$conf.int[2] - off, 2)
      }
    r <- pairs_of(n, low, high, f)
    if (length(r) > 0 && (anyNA(r) || diff(range(r)) > 1e-9)) next
    which <- if (length(r) > 0) "one" else "none"
    if (kept[which] >= 30) next
    kept[which] <- kept[which] + 1
    add(c(list(design = "paired", n = n, scale = "integer", min = low,
               max = high), f),
        result_row("sprite-paired", "pairs", n,
                   estimate = if (length(r) > 0) r[1] else NA))
  }

writeLines(c("# synthetic: made up to test, not of any paper",
             paste(COLS, collapse = ","),
             apply(data, 1, paste, collapse = ",")),
           file.path(DATA_DIR, "sprite_synthetic.csv"))
write_oracle(rows, file.path(OUT_DIR, "sprite.tsv"),
             c(paste0("source: other program: ", r_version(), ", base packages"),
               "script: scripts/oracle/sprite.R",
               "data: tests/oracle/data/, all synthetic",
               "command: recross summary DATA OPTIONS"), COLUMNS)
