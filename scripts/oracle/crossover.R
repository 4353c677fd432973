# Expected rows of the AB/BA crossover methods, from their definitions.
#
#   Rscript scripts/oracle/crossover.R       from the top folder
#
# writes tests/oracle/{describe,paired_t,hills_armitage,hills_armitage_welch,
# koch_normal,koch_exact,wilcoxon_signed_rank,wilcoxon_signed_rank_exact}.tsv.
#
# Notation: y1, y2 a completer's responses in the earlier and the later period,
# TF the sequence that has the test treatment first, RF the other one.
#   treatment  x = y1 - y2 in both sequences; (TF - RF) / 2 = test - reference
#   period     x = y2 - y1 in TF, y1 - y2 in RF, that is reference - test;
#              (TF - RF) / 2 = later - earlier
#   carryover  x = y1 + y2; TF - RF, unhalved
# t tests: Hills & Armitage, Br J Clin Pharmacol 1979;8:7-20.  Rank tests: Koch,
# Biometrics 1972;28:577-584.  Every rank, tie and zero is decided on integers
# made from the decimal text.  Where nothing is tied the answers are held against
# t.test and wilcox.test as the script runs, and small exact tests against full
# enumeration; it stops on any difference.

source("scripts/oracle/oracle_common.R")

# ---- reading ---------------------------------------------------------------

# One row per subject: sequence, first treatment, y1, y2 as text; and the long
# observed cells for `describe`.
read_crossover <- function(spec)
{
  raw <- read_text_csv(spec$data)
  col <- function(what)
    if (is.null(spec[[what]])) what else spec[[what]]
  if (!is.null(spec$wide))
    {
      long <- data.frame(subject = rep(raw[[col("subject")]], 2),
                         sequence = rep(raw[[col("sequence")]], 2),
                         period = rep(1:2, each = nrow(raw)),
                         text = c(raw[[spec$wide[1]]], raw[[spec$wide[2]]]))
      long$treatment <- substr(long$sequence, long$period, long$period)
    }
  else
    {
      long <- data.frame(subject = raw[[col("subject")]],
                         period = as.integer(raw[[col("period")]]),
                         treatment = raw[[col("treatment")]],
                         text = raw[[col("response")]])
      long$sequence <- raw[[col("sequence")]]
      if (is.null(long$sequence)) # from period and treatment
        {
          o <- order(long$period)
          s <- tapply(long$treatment[o], long$subject[o], paste0,
                      collapse = "")
          long$sequence <- as.vector(s[long$subject])
        }
    }
  stopifnot(!anyDuplicated(long[c("subject", "period")]))
  d <- decimals(long$text)
  long$y <- d$int
  list(long = long, scale = d$scale)
}

# Completers as integers, split by sequence.
completers <- function(x, test = NULL, reference = NULL)
{
  long <- x$long
  trts <- sort(unique(long$treatment), method = "radix")
  stopifnot(length(trts) == 2)
  if (is.null(test))
    test <- if (is.null(reference)) trts[1] else setdiff(trts, reference)
  first <- unique(long[long$period == min(long$period),
                       c("sequence", "treatment")])
  stopifnot(nrow(first) == 2, !anyDuplicated(first$sequence))
  tf <- first$sequence[first$treatment == test]
  ids <- unique(long$subject)
  pick <- function(p)
  {
    k <- long[long$period == p, ]
    k$y[match(ids, k$subject)]
  }
  y1 <- pick(min(long$period))
  y2 <- pick(max(long$period))
  seq <- long$sequence[match(ids, long$subject)]
  ok <- !is.na(y1) & !is.na(y2)
  list(y1 = y1[ok], y2 = y2[ok], tf = (seq == tf)[ok], scale = x$scale)
}

# ---- the methods -----------------------------------------------------------

describe <- function(x)
{
  long <- x$long[!is.na(x$long$y), ]
  cell <- paste(long$sequence, long$period, long$treatment, sep = "/")
  rows <- list()
  for (k in sort(unique(cell), method = "radix"))
    {
      y <- long$y[cell == k]
      n <- length(y)
      s <- if (n > 1) sd(y) / x$scale else NA
      rows[[length(rows) + 1]] <-
        result_row("describe", k, n, sum(y) / (n * x$scale), s / sqrt(n))
      rows[[length(rows) + 1]] <-
        result_row("describe", paste0("sd:", k), n, s)
    }
  do.call(rbind, rows)
}

# Two-sample t, x minus y, on integers in units of 1 / scale.
two_sample_t <- function(method, term, x, y, scale, level, welch)
{
  n1 <- length(x)
  n2 <- length(y)
  n <- n1 + n2
  if (n1 == 0 || n2 == 0)
    return(result_row(method, term, n))
  # n2 sum x - n1 sum y is an exact integer: one rounding in the division
  est <- (n2 * sum(x) - n1 * sum(y)) / (n1 * n2 * scale)
  ss <- function(v) sum((v - mean(v))^2) * !all(v == v[1])
  if (welch)
    {
      if (n1 < 2 || n2 < 2)
        return(result_row(method, term, n, est))
      v1 <- ss(x) / (n1 - 1) / n1
      v2 <- ss(y) / (n2 - 1) / n2
      se <- sqrt(v1 + v2) / scale
      df <- (v1 + v2)^2 / (v1^2 / (n1 - 1) + v2^2 / (n2 - 1))
      if (se == 0)
        df <- NA
    }
  else
    {
      df <- n - 2
      if (df < 1)
        return(result_row(method, term, n, est))
      se <- sqrt((ss(x) + ss(y)) / df * (1 / n1 + 1 / n2)) / scale
    }
  if (se == 0)
    return(result_row(method, term, n, est, 0, df = df))
  t <- est / se
  q <- qt((1 + level) / 2, df)
  ref <- t.test(x / scale, y / scale, var.equal = !welch, conf.level = level)
  stopifnot(near(ref$statistic, t), near(ref$parameter, df),
            near(ref$conf.int, est + c(-q, q) * se))
  result_row(method, term, n, est, se, NA, df, t, 2 * pt(-abs(t), df),
             est - q * se, est + q * se)
}

# Distribution of the sum of m of the integers r: counts[s + 1] subsets of size
# m have the sum s.
subset_sums <- function(r, m)
{
  top <- sum(r)
  f <- matrix(0, m + 1, top + 1) # f[k + 1, s + 1]
  f[1, 1] <- 1
  for (v in r)
    for (k in rev(seq_len(m)))
      {
        s <- seq_len(top + 1 - v)
        f[k + 1, s + v] <- f[k + 1, s + v] + f[k, s]
      }
  f[m + 1, ]
}

# P(|W - E| >= |w - E|) over all allocations of the mid-ranks.  The ranks are
# doubled, so everything here is an integer.
rank_sum_exact <- function(x, y)
{
  m <- length(x)
  big <- m + length(y)
  r2 <- round(2 * rank(c(x, y)))
  counts <- subset_sums(r2, m)
  centre <- m * (big + 1) # mean of the doubled rank sum
  off <- abs(sum(r2[seq_len(m)]) - centre)
  s <- seq_along(counts) - 1
  p <- sum(counts[abs(s - centre) >= off]) / sum(counts)
  if (choose(big, m) <= 20000) # full enumeration agrees
    {
      all <- combn(big, m, function(k) sum(r2[k]))
      stopifnot(near(p, mean(abs(all - centre) >= off), 1e-12))
    }
  p
}

# Rank sum of x against y (integers in units of 1 / scale); W counts pairs with
# x > y, ties one half.
rank_sum <- function(exact, term, x, y, scale, level)
{
  method <- if (exact) "koch-exact" else "koch-normal"
  m <- length(x)
  k <- length(y)
  big <- m + k
  if (m == 0 || k == 0)
    return(result_row(method, term, big))
  diffs <- sort(as.vector(outer(x, y, "-")))
  half <- m * k / 2
  est <- median(diffs)
  qu <- max(qwilcox((1 - level) / 2, m, k), 1)
  w <- sum(outer(x, y, ">")) + sum(outer(x, y, "==")) / 2
  ties <- as.vector(table(c(x, y)))
  if (exact)
    p <- rank_sum_exact(x, y)
  else
    {
      v <- m * k / 12 * ((big + 1) - sum(ties^3 - ties) / (big * (big - 1)))
      p <- if (length(ties) == 1) NA else
        2 * pnorm(-abs((w - half) / sqrt(v)))
      ref <- wilcox.test(x, y, exact = FALSE, correct = FALSE)
      stopifnot(ref$statistic == w, near(ref$p.value, p))
    }
  lo <- diffs[qu]
  hi <- diffs[m * k + 1 - qu]
  if (exact && all(ties == 1))
    {
      ref <- suppressWarnings(wilcox.test(x, y, exact = TRUE, conf.int = TRUE,
                                          conf.level = level))
      stopifnot(ref$statistic == w, near(ref$p.value, p),
                ref$estimate == est,
                # too small for the level: R gives up on one end, we do not
                near(ref$conf.int, c(lo, hi)))
    }
  result_row(method, term, big, est / scale, NA, NA, NA, w, p, lo / scale,
             hi / scale)
}

# Wilcoxon signed rank: zeros dropped, V the sum of the ranks of the positive
# differences, estimate the median of the Walsh averages of what is left, its
# interval the k-th smallest and k-th largest of them, k = qsignrank (alpha/2)
# and at least 1, as wilcox.test has it; n counts every completer.
signed_rank <- function(exact, d, scale, level)
{
  method <- paste0("wilcoxon-signed-rank", if (exact) "-exact")
  n <- length(d)
  x <- d[d != 0]
  k <- length(x)
  if (k == 0) # nothing left to rank
    return(result_row(method, "treatment", n))
  r <- rank(abs(x))
  v <- sum(r[x > 0])
  walsh <- outer(x, x, "+")
  walsh <- sort(walsh[!lower.tri(walsh)])
  est <- median(walsh) / 2 / scale
  qu <- max(qsignrank((1 - level) / 2, k), 1)
  ends <- c(walsh[qu], walsh[length(walsh) + 1 - qu]) / 2 / scale
  ties <- as.vector(table(r))
  if (exact)
    {
      r2 <- round(2 * r)
      f <- c(1, rep(0, sum(r2)))
      for (a in r2)
        f <- f + c(rep(0, a), f[seq_len(length(f) - a)])
      s <- seq_along(f) - 1
      off <- abs(2 * sum(r2[x > 0]) - sum(r2))
      p <- sum(f[abs(2 * s - sum(r2)) >= off]) / sum(f)
      if (all(ties == 1) && n == k)
        {
          ref <- suppressWarnings(wilcox.test(x, exact = TRUE,
                                              conf.int = TRUE,
                                              conf.level = level))
          stopifnot(ref$statistic == v, near(ref$p.value, p),
                    near(ref$estimate, est * scale),
                    near(ref$conf.int, ends * scale))
        }
    }
  else
    {
      z <- (v - k * (k + 1) / 4) / sqrt(k * (k + 1) * (2 * k + 1) / 24
                                        - sum(ties^3 - ties) / 48)
      p <- 2 * pnorm(-abs(z))
      ref <- suppressWarnings(wilcox.test(d, exact = FALSE, correct = FALSE))
      stopifnot(ref$statistic == v, near(ref$p.value, p))
    }
  result_row(method, "treatment", n, est, NA, NA, NA, v, p, ends[1], ends[2])
}

# Every row of one case.
analyse <- function(spec)
{
  level <- if (is.null(spec$level)) 0.95 else spec$level
  x <- read_crossover(spec)
  k <- completers(x, spec$test, spec$reference)
  tf <- k$tf
  d <- k$y1 - k$y2
  s <- k$y1 + k$y2
  contrast <- list(treatment = list(d[tf], d[!tf], 2 * k$scale),
                   period = list(-d[tf], d[!tf], 2 * k$scale),
                   carryover = list(s[tf], s[!tf], k$scale))
  paired <- ifelse(tf, d, -d) # test minus reference
  rows <- list(describe(x),
               one_sample_t("paired-t", "treatment", paired, k$scale, level))
  for (term in names(contrast))
    {
      g <- contrast[[term]]
      rows <- c(rows, list(
        two_sample_t("hills-armitage", term, g[[1]], g[[2]], g[[3]], level,
                     FALSE),
        two_sample_t("hills-armitage-welch", term, g[[1]], g[[2]], g[[3]],
                     level, TRUE),
        rank_sum(FALSE, term, g[[1]], g[[2]], g[[3]], level),
        rank_sum(TRUE, term, g[[1]], g[[2]], g[[3]], level)))
    }
  rows <- c(rows, list(signed_rank(FALSE, paired, k$scale, level),
                       signed_rank(TRUE, paired, k$scale, level)))
  rows <- do.call(rbind, rows)
  rows$case <- spec$case
  rows$data <- spec$data
  rows$options <- if (is.null(spec$options)) "-" else spec$options
  rows$endpoint <- if (is.null(spec$response)) "response" else spec$response
  rows$measure <- "-"
  rows$group <- "-"
  rows$tolerance <- if (is.null(spec$tolerance)) TOLERANCE else spec$tolerance
  rows
}

# ---- the cases -------------------------------------------------------------

csv <- function(stem) paste0("xo_", stem, "_synthetic.csv")
own <- list(subject = "id", sequence = "arm", period = "visit",
            treatment = "drug", response = "score")
own_options <- paste("--subject id --sequence arm --period visit",
                     "--treatment drug --response score")
several <- "--response pef,fev1,symptoms"

CASES <- list(
  list(case = "tiny4", data = csv("tiny4")),
  list(case = "unbalanced", data = csv("unbalanced")),
  list(case = "unbalanced-swapped", data = csv("unbalanced"), test = "B",
       reference = "A", options = "--test B --reference A"),
  list(case = "unbalanced-level", data = csv("unbalanced"), level = 0.9,
       options = "--level 0.9"),
  list(case = "unbalanced-wide", data = csv("unbalanced_wide"),
       wide = c("p1", "p2"), options = "--wide p1,p2"),
  list(case = "ties", data = csv("ties")),
  list(case = "decimal-ties", data = csv("decimal_ties")),
  list(case = "decimal-ties-swapped", data = csv("decimal_ties"), test = "S",
       reference = "F", options = "--test S --reference F"),
  list(case = "missing", data = csv("missing")),
  list(case = "missing-wide", data = csv("missing_wide"),
       wide = c("first", "second"), subject = "patient", sequence = "order",
       options = "--subject patient --sequence order --wide first,second"),
  list(case = "missing-row", data = csv("missing_row")),
  list(case = "single", data = csv("single")),
  list(case = "single-swapped", data = csv("single"), test = "B",
       reference = "A", options = "--test B --reference A"),
  list(case = "empty-sequence", data = csv("empty_sequence")),
  list(case = "zero-variance-one", data = csv("zero_variance_one")),
  list(case = "zero-variance-both", data = csv("zero_variance_both")),
  list(case = "constant", data = csv("constant")),
  list(case = "all-zero", data = csv("all_zero")),
  c(list(case = "negative", data = csv("negative"), options = own_options),
    own),
  c(list(case = "negative-drug", data = csv("negative"), test = "placebo",
         reference = "ldn",
         options = paste(own_options, "--test placebo --reference ldn")),
    own),
  list(case = "offset", data = csv("offset")),
  # 1e6 plus tenths: a difference of two doubles is good to 1e-10 only
  list(case = "offset-decimal", data = csv("offset_decimal"),
       tolerance = 1e-8),
  list(case = "n60", data = csv("n60")),
  list(case = "no-sequence-column", data = csv("no_sequence")),
  list(case = "endpoints-pef", data = csv("endpoints"), response = "pef",
       options = several),
  list(case = "endpoints-fev1", data = csv("endpoints"), response = "fev1",
       options = several),
  list(case = "endpoints-symptoms", data = csv("endpoints"),
       response = "symptoms", options = several)
)

main <- function()
{
  rows <- do.call(rbind, lapply(CASES, analyse))
  for (m in unique(rows$method))
    write_oracle(rows[rows$method == m, ],
                 file.path(OUT_DIR, paste0(gsub("-", "_", m), ".tsv")),
                 c(paste0("source: other program: ", r_version(),
                          ", base packages"),
                   "script: scripts/oracle/crossover.R",
                   "data: tests/oracle/data/, all synthetic",
                   "command: recross crossover DATA OPTIONS"),
                 COLUMNS)
}

if (is_main())
  main()
