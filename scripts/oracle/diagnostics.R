# Expected rows of diagnostics.
#
#   Rscript scripts/oracle/diagnostics.R       from the top folder
#
# writes tests/oracle/data/xo_outlier_synthetic.csv and
# tests/oracle/diagnostics.tsv: shapiro.test, bartlett.test, cor.test,
# rstandard and rstudent of lm, and car's leveneTest and outlierTest.

source("scripts/oracle/drop_outs.R")

make_outlier <- function()
{
  set.seed(77)
  n <- 22
  seq <- rep(c("AB", "BA"), c(10, 12))
  u <- rnorm(n, 100, 12)
  u[5] <- 180 # far between subjects
  y1 <- round(u + 4 * (seq == "AB") + rnorm(n, 0, 3), 1)
  y2 <- round(u + 4 * (seq == "BA") + rnorm(n, 0, 3), 1)
  y2[17] <- y2[17] + 41 # far within
  long <- data.frame(subject = rep(sprintf("P%02d", seq_len(n)), 2),
                     sequence = rep(seq, 2), period = rep(1:2, each = n),
                     treatment = c(substr(seq, 1, 1), substr(seq, 2, 2)),
                     y = sprintf("%.1f", c(y1, y2)))
  con <- file(file.path(DATA_DIR, "xo_outlier_synthetic.csv"), "wb")
  on.exit(close(con))
  writeLines(c(paste("# synthetic: 22 subjects, one far from the others in a",
                     "period and one in both (scripts/oracle/diagnostics.R);",
                     "not patients"),
               paste(names(long), collapse = ","),
               do.call(paste, c(unname(long), sep = ","))), con)
}

diagnostics <- function(column, data)
{
  w <- wide_of(column, data)
  w <- w[!is.na(w$y1) & !is.na(w$y2), ]
  n <- nrow(w)
  a <- w$sequence == "AB"
  q <- factor(w$sequence)
  d <- round(w$y1 - w$y2, 8)
  s <- round(w$y1 + w$y2, 8)
  t <- ifelse(a, w$y1, w$y2)
  r <- ifelse(a, w$y2, w$y1)
  row <- function(term, n, ...) result_row("diagnostics", term, n, ...)
  normal <- function(term, x)
  {
    k <- shapiro.test(x)
    row(term, length(x), statistic = k$statistic, p_value = k$p.value)
  }
  e <- residuals(lm(d ~ q))
  rows <- list(normal("shapiro-wilk", e), normal("shapiro-wilk:AB", d[a]),
               normal("shapiro-wilk:BA", d[!a]))
  ratio <- var(d[a]) / var(d[!a])
  # bartlett.test, without its difference of nearly equal logarithms
  b <- bartlett.test(d, q)
  f <- c(sum(a), sum(!a)) - 1
  v <- c(var(d[a]), var(d[!a]))
  x <- sum(f * v) / sum(f)
  chi <- sum(f * log1p((x - v) / v)) / (1 + (sum(1 / f) - 1 / sum(f)) / 3)
  stopifnot(abs(chi - b$statistic) < 1e-12)
  rows <- c(rows, list(row("bartlett", n, ratio, df = 1, statistic = chi,
                           p_value = pchisq(chi, 1, lower.tail = FALSE))))
  for (k in list(list("levene", mean), list("brown-forsythe", median)))
    {
      f <- car::leveneTest(d, q, center = k[[2]])
      rows <- c(rows, list(row(k[[1]], n, ratio, df_num = f$Df[1], df = f$Df[2],
                               statistic = f[1, "F value"],
                               p_value = f[1, "Pr(>F)"])))
    }
  k <- cor.test(t - r, t + r)
  rows <- c(rows, list(row("pitman-morgan", n, var(t) / var(r),
                           df = k$parameter, statistic = k$statistic,
                           p_value = k$p.value)))
  et <- residuals(lm(t ~ q))
  er <- residuals(lm(r ~ q))
  # the slope of the sum on the difference, given the sequence
  k <- summary(lm(I(t + r) ~ I(t - r) + q))$coefficients[2, ]
  rows <- c(rows, list(row("pitman-morgan-adjusted", n, sum(et^2) / sum(er^2),
                           df = n - 3, statistic = k[["t value"]],
                           p_value = k[["Pr(>|t|)"]])))
  for (part in list(list("within", d), list("between", s)))
    {
      fit <- lm(part[[2]] ~ q)
      out <- rstudent(fit)
      far <- which.max(abs(out))
      o <- car::outlierTest(fit, cutoff = Inf, n.max = 1)
      p <- min(1, n * o$p[[1]])
      stopifnot(near(o$rstudent[[1]], out[far]))
      rows <- c(rows, list(row(paste0("largest-", part[[1]]), n, out[far],
                               df = n - 3, statistic = out[far], p_value = p)))
      for (i in which(abs(rstandard(fit)) > 3 | abs(out) > 3))
        rows <- c(rows, list(row(paste0(part[[1]], ":", w$subject[i]), n,
                                 rstandard(fit)[i], df = n - 3,
                                 statistic = out[i],
                                 p_value = 2 * pt(-abs(out[i]), n - 3))))
    }
  do.call(rbind, rows)
}

if (is_main())
{
  make_outlier()
  case <- function(name, column, data)
    placed(diagnostics(column, data), name, column, "", data)
  write_oracle(rbind(case("outlier", "y", "xo_outlier_synthetic.csv"),
                     case("drop-outs", "pain", FILE),
                     case("n60", "response", "xo_n60_synthetic.csv"),
                     case("pef", "pef", "xo_endpoints_synthetic.csv"),
                     case("fev1", "fev1", "xo_endpoints_synthetic.csv")),
               file.path(OUT_DIR, "diagnostics.tsv"),
               head_of("diagnostics.R", "car"), COLUMNS)
}
