# Expected rows of the binary crossover methods, from their definitions.
#
#   Rscript scripts/oracle/binary.R       from the top folder
#
# writes tests/oracle/data/xo_binary*_synthetic.csv (own generator, fixed seed)
# and tests/oracle/{mcnemar,mcnemar_exact,mcnemar_midp,mcnemar_corrected,
# newcombe,tango,mainland_gart,mainland_gart_exact,mainland_gart_corrected,
# prescott,prescott_exact,prescott_cochran_armitage}.tsv.
#
# Completers only.  TF is the sequence with the test first, RF the other one;
# "prefers" a period: response 1 there, 0 in the other one.
#   McNemar        counts of subjects with 1 under one treatment only
#   Mainland-Gart  2x2 of sequence (TF, RF) by preferred period (1, 2)
#   Prescott       score +1 period 1 preferred, -1 period 2, 0 neither;
#                  T = sum of scores in TF
# Odds ratios: treatment sqrt (ad / bc), period (1 over 2) sqrt (ac / bd), with
# the interval exp (log OR -+ z sqrt (1/a + 1/b + 1/c + 1/d) / 2); conditional:
# maximum likelihood of the noncentral hypergeometric distribution, interval by
# Clopper-Pearson's rule on the same.  fisher.test finds both with the default
# tolerance of uniroot, about 1e-4: here they are solved to the last digits and
# held against fisher.test to that.  An expected interval of NA is none.

source("scripts/oracle/crossover.R")

make_binary <- function()
{
  set.seed(19470612)
  write <- function(stem, seq, y1, y2, note)
  {
    n <- length(seq)
    trt <- strsplit(seq, "")
    long <- data.frame(subject = rep(seq_len(n), each = 2),
                       sequence = rep(seq, each = 2),
                       period = rep(1:2, n), treatment = unlist(trt),
                       response = as.vector(rbind(y1, y2)))
    con <- file(file.path(DATA_DIR, paste0("xo_", stem, "_synthetic.csv")),
                "wb")
    on.exit(close(con))
    writeLines(c(paste("# synthetic:", note,
                       "(scripts/oracle/binary.R); not patients"),
                 paste(names(long), collapse = ","),
                 do.call(paste, c(unname(lapply(long, as.character)),
                                  sep = ","))), con)
  }
  draw <- function(seq, a, b, period)
  {
    n <- length(seq)
    u <- rnorm(n)
    p <- function(trt, per)
      plogis(u + ifelse(trt == "A", a, b) + period * (per == 2))
    list(rbinom(n, 1, p(substr(seq, 1, 1), 1)),
         rbinom(n, 1, p(substr(seq, 2, 2), 2)))
  }
  seq <- sample(rep(c("AB", "BA"), c(29, 35)))
  y <- draw(seq, 0.8, -0.4, 0.3)
  write("binary", seq, y[[1]], y[[2]], "binary responses of 64 subjects")
  y[[1]][c(3, 40)] <- NA
  y[[2]][c(3, 11)] <- NA
  write("binary_missing", seq, y[[1]], y[[2]],
        "binary responses of 64 subjects, four values missing")
  seq <- rep(c("AB", "BA"), c(140, 160))
  y <- draw(seq, 0.3, 0, -0.5)
  write("binary_n300", seq, y[[1]], y[[2]], "binary responses of 300 subjects")
  seq <- rep(c("AB", "BA"), c(7, 6))
  write("binary_concordant", seq, rep(0:1, length.out = 13),
        rep(0:1, length.out = 13), "nobody prefers a period")
  write("binary_one_side", seq, c(1, 1, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1),
        c(0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1),
        "nobody of one sequence prefers a period")
  write("binary_zero_cell", seq, c(1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 1, 0, 1),
        c(0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1), "a cell of zero")
  write("binary_tiny", c("AB", "AB", "BA"), c(1, 0, 0), c(0, 0, 1),
        "three subjects")
}

# Chances of the first cell given the margins, for odds ratio psi.
noncentral <- function(t, psi)
{
  row <- t[1] + t[2]
  col <- t[1] + t[3]
  n <- sum(t)
  x <- max(0, row + col - n):min(row, col)
  l <- lchoose(row, x) + lchoose(n - row, col - x) + x * log(psi)
  p <- exp(l - max(l))
  list(x = x, p = p / sum(p))
}

solve_odds <- function(f)
  exp(uniroot(f, c(-60, 60), tol = 1e-15, maxiter = 10000)$root)

conditional <- function(t, level)
{
  a <- t[1]
  alpha <- 1 - level
  s <- noncentral(t, 1)$x
  est <- if (length(s) == 1) NA else if (a == min(s)) 0 else
    if (a == max(s)) Inf else
      solve_odds(function(l) with(noncentral(t, exp(l)), sum(x * p)) - a)
  lo <- if (a == min(s)) 0 else
    solve_odds(function(l) with(noncentral(t, exp(l)), sum(p[x >= a]))
               - alpha / 2)
  hi <- if (a == max(s)) Inf else
    solve_odds(function(l) with(noncentral(t, exp(l)), sum(p[x <= a]))
               - alpha / 2)
  if (length(s) > 1)
    {
      ref <- fisher.test(matrix(t, 2, byrow = TRUE), conf.level = level)
      # its roots are of x or 1/x in [0, 1]
      close <- function(x, y) x == y || abs(min(x, 1 / x) - min(y, 1 / y)) < 2e-4
      stopifnot(close(ref$estimate, est), close(ref$conf.int[1], lo),
                close(ref$conf.int[2], hi))
    }
  if (is.na(est)) # only one table has these margins
    return(c(NA, NA, NA))
  c(est, lo, hi)
}

odds_row <- function(term, n, top, t, level)
{
  # top: the two cells of the numerator
  or <- sqrt(prod(t[top]) / prod(t[-top]))
  if (is.nan(or))
    return(result_row("mainland-gart", term, n))
  half <- qnorm((1 + level) / 2) * sqrt(sum(1 / t)) / 2
  if (any(t == 0))
    return(result_row("mainland-gart", term, n, or))
  result_row("mainland-gart", term, n, or, conf_low = or * exp(-half),
             conf_high = or * exp(half))
}

# Fisher's test of sequence by 1 in both periods or 0 in both.
carryover <- function(k)
{
  n <- length(k$tf)
  one <- k$y1 == 1 & k$y2 == 1
  zero <- k$y1 == 0 & k$y2 == 0
  t <- c(sum(one & k$tf), sum(zero & k$tf), sum(one & !k$tf),
         sum(zero & !k$tf))
  p <- if (sum(t) == 0 || !any(k$tf) || all(k$tf)) NA else
    fisher.test(matrix(t, 2, byrow = TRUE))$p.value
  result_row("mainland-gart-exact", "carryover", n, p_value = p)
}

mainland_gart <- function(k, level)
{
  n <- length(k$tf)
  first <- k$y1 > k$y2
  second <- k$y2 > k$y1
  t <- c(sum(first & k$tf), sum(second & k$tf), sum(first & !k$tf),
         sum(second & !k$tf))
  if (sum(t) == 0)
    return(rbind(result_row("mainland-gart", "treatment", n, df_num = 1),
                 result_row("mainland-gart", "conditional-odds-ratio", n),
                 result_row("mainland-gart", "treatment-odds-ratio", n),
                 result_row("mainland-gart", "period-odds-ratio", n),
                 result_row("mainland-gart-exact", "treatment", n),
                 result_row("mainland-gart-corrected", "treatment", n,
                            df_num = 1)))
  m <- matrix(t, 2, byrow = TRUE)
  chi <- NA
  p <- NA
  yates <- list(statistic = NA, p.value = NA)
  if (all(rowSums(m) > 0, colSums(m) > 0))
    {
      ref <- suppressWarnings(chisq.test(m, correct = FALSE))
      chi <- as.numeric(ref$statistic)
      p <- pchisq(chi, 1, lower.tail = FALSE)
      yates <- suppressWarnings(chisq.test(m, correct = TRUE))
      stopifnot(near(chi, sum(t) * (t[1] * t[4] - t[2] * t[3])^2
                     / prod(rowSums(m), colSums(m))))
    }
  cond <- conditional(t, level)
  rbind(result_row("mainland-gart", "treatment", n, df_num = 1,
                   statistic = chi, p_value = p),
        result_row("mainland-gart", "conditional-odds-ratio", n, cond[1],
                   conf_low = cond[2], conf_high = cond[3]),
        odds_row("treatment-odds-ratio", n, c(1, 4), t, level),
        odds_row("period-odds-ratio", n, c(1, 3), t, level),
        result_row("mainland-gart-exact", "treatment", n,
                   p_value = fisher.test(m)$p.value),
        result_row("mainland-gart-corrected", "treatment", n, df_num = 1,
                   statistic = as.numeric(yates$statistic),
                   p_value = yates$p.value))
}

# The test for trend by its own formula: proportions of TF at scores 1, 0, -1.
trend_row <- function(k, s, t, n)
{
  size <- vapply(c(1, 0, -1), function(v) sum(s == v), 0)
  tf <- vapply(c(1, 0, -1), function(v) sum(s == v & k$tf), 0)
  p <- sum(tf) / n
  # p (1 - p) times the squares of the scores about their mean
  v <- p * (1 - p) * (sum(size * c(1, 0, 1)) - sum(size * c(1, 0, -1))^2 / n)
  x2 <- if (v > 0) (t - p * sum(size * c(1, 0, -1)))^2 / v else NA
  keep <- size > 0
  if (v > 0)
    stopifnot(near(x2, suppressWarnings(
      prop.trend.test(tf[keep], size[keep], c(1, 0, -1)[keep]))$statistic))
  result_row("prescott-cochran-armitage", "treatment", n, t, sqrt(v),
             df_num = 1, statistic = x2,
             p_value = pchisq(x2, 1, lower.tail = FALSE))
}

prescott <- function(k)
{
  n <- length(k$tf)
  s <- sign(k$y1 - k$y2)
  n1 <- sum(k$tf)
  n2 <- n - n1
  t <- sum(s[k$tf])
  if (n == 0 || n1 == 0 || n2 == 0)
    return(rbind(result_row("prescott", "treatment", n),
                 result_row("prescott-exact", "treatment", n),
                 result_row("prescott-cochran-armitage", "treatment", n,
                            df_num = 1)))
  e <- n1 * mean(s)
  sd <- sqrt(n1 * n2 / (n * (n - 1)) * sum((s - mean(s))^2))
  z <- if (sd > 0) (t - e) / sd else NA
  # multivariate hypergeometric: i of the +1, j of the -1 and the rest of the 0
  # fall into TF
  a <- sum(s > 0)
  b <- sum(s < 0)
  g <- expand.grid(i = 0:a, j = 0:b)
  g <- g[n1 - g$i - g$j >= 0 & n1 - g$i - g$j <= n - a - b, ]
  p <- exp(lchoose(a, g$i) + lchoose(b, g$j)
           + lchoose(n - a - b, n1 - g$i - g$j) - lchoose(n, n1))
  stopifnot(near(sum(p), 1, 1e-10))
  # in integers: n (T - E) = n T - n1 (a - b)
  far <- abs(n * (g$i - g$j) - n1 * (a - b)) >= abs(n * t - n1 * (a - b))
  rbind(result_row("prescott", "treatment", n, t, sd, statistic = z,
                   p_value = 2 * pnorm(-abs(z))),
        result_row("prescott-exact", "treatment", n, t,
                   p_value = if (sd > 0) min(1, sum(p[far])) else NA),
        trend_row(k, s, t, n))
}

mcnemar_rows <- function(k, level)
{
  n <- length(k$tf)
  if (n == 0)
    return(NULL)
  d <- ifelse(k$tf, k$y1 - k$y2, k$y2 - k$y1) # test - reference
  b <- sum(d < 0)
  c <- sum(d > 0)
  x <- mcnemar_numbers(b, c, n, level)
  row <- function(method, ...)
    result_row(method, "treatment", n, x$estimate, x$std_error, ...,
               conf_low = x$conf_low, conf_high = x$conf_high)
  or <- if (b + c > 0) c / b else NA
  ci <- if (b + c > 0) binom.test(c, b + c, conf.level = level)$conf.int
        else c(NA, NA)
  if (b + c > 0) # to the last digits: beta quantiles
    {
      q <- c(if (c == 0) 0 else qbeta((1 - level) / 2, c, b + 1),
             if (b == 0) 1 else qbeta((1 + level) / 2, c + 1, b))
      stopifnot(near(q, ci))
      ci <- q / (1 - q)
    }
  both <- sum(d == 0 & k$y1 == 1)
  change <- function(method, interval, ...)
    result_row(method, "treatment", n, x$estimate, ..., conf_low = interval[1],
               conf_high = interval[2])
  rbind(row("mcnemar", df_num = 1, statistic = x$statistic,
            p_value = x$p_value),
        result_row("mcnemar", "odds-ratio", n, or, conf_low = ci[1],
                   conf_high = ci[2]),
        row("mcnemar-exact", p_value = x$p_exact),
        row("mcnemar-midp", p_value = x$p_midp),
        row("mcnemar-corrected", df_num = 1, statistic = x$corrected,
            p_value = x$p_corrected),
        change("newcombe", newcombe(both, c, b, n - both - b - c, level)),
        change("tango", tango(b, c, n, level), df_num = 1,
               statistic = x$statistic, p_value = x$p_value))
}

analyse_binary <- function(spec)
{
  level <- if (is.null(spec$level)) 0.95 else spec$level
  k <- completers(read_crossover(spec), spec$test, spec$reference)
  rows <- rbind(mcnemar_rows(k, level), mainland_gart(k, level), carryover(k),
                prescott(k))
  rows$case <- spec$case
  rows$data <- spec$data
  rows$options <- if (is.null(spec$options)) "-" else spec$options
  rows$endpoint <- "response"
  rows$measure <- "-"
  rows$group <- "-"
  rows$tolerance <- TOLERANCE
  rows
}

BINARY <- c(lapply(c("binary", "binary_missing", "binary_n300",
                     "binary_concordant", "binary_one_side",
                     "binary_zero_cell", "binary_tiny"),
                   function(s) list(case = s, data = csv(s))),
            list(list(case = "binary-swapped", data = csv("binary"),
                      test = "B", reference = "A",
                      options = "--test B --reference A"),
                 list(case = "binary-level", data = csv("binary"), level = 0.9,
                      options = "--level 0.9"),
                 list(case = "binary-zero-cell-swapped",
                      data = csv("binary_zero_cell"), test = "B",
                      reference = "A", options = "--test B --reference A")))

binary_main <- function()
{
  make_binary()
  rows <- do.call(rbind, lapply(BINARY, analyse_binary))
  for (m in unique(rows$method))
    write_oracle(rows[rows$method == m, ],
                 file.path(OUT_DIR, paste0(gsub("-", "_", m), ".tsv")),
                 c(paste0("source: other program: ", r_version(),
                          ", base packages"),
                   "script: scripts/oracle/binary.R",
                   "data: tests/oracle/data/, all synthetic",
                   "command: recross crossover DATA OPTIONS"),
                 COLUMNS)
}

if (is_main())
  binary_main()
