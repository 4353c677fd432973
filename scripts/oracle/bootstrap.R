# Bootstrap intervals, BCa.
#
#   Rscript scripts/oracle/bootstrap.R       from the top folder
#
# needs the R package boot; writes
#   tests/oracle/data/bootstrap_synthetic.csv, bootstrap_resamples_synthetic.csv
#   and bootstrap_fit.tsv: persons, 499 resamples of them, and what boot.ci
#   makes of exactly these: to the last digits
#   tests/oracle/data/reg_bootstrap.yaml, bootstrap_bca.tsv and
#   before_after_bootstrap.tsv: recross draws resamples of its own, so that
#   limits agree within Monte Carlo error only.  Expected: the mean limit over
#   40 runs of 9999 resamples; tolerance 6 of their SDs, doubled for what the
#   mean itself may be off: a false alarm in some 1e8 numbers.
#
# Efron, JASA 1987;82:171-185; the acceleration from the values with one person
# left out, about their mean (Efron & Tibshirani 1993, equation 14.15); the
# quantile between two order statistics on the normal scale (Davison & Hinkley
# 1997, equation 5.8), as in boot.ci.

source("scripts/oracle/before_after.R")
library(boot)

REPLICATES <- 9999
RUNS <- 40

change_of <- function(a, b) mean(a - b)
percent_of <- function(a, b) 100 * (sum(a) - sum(b)) / sum(b)

left_out <- function(d, f)
  vapply(seq_len(nrow(d)), function(i) f(d$after[-i], d$before[-i]), 0)

# boot.ci on given replicates t
bca <- function(d, f, t, level = 0.95)
{
  j <- left_out(d, f)
  L <- mean(j) - j
  t0 <- f(d$after, d$before)
  o <- list(t0 = t0, t = matrix(t), R = length(t), data = d, sim = "ordinary",
            stype = "i", call = quote(boot(data = d)),
            strata = rep(1, nrow(d)), weights = rep(1 / nrow(d), nrow(d)),
            statistic = function(x, i) f(x$after[i], x$before[i]))
  class(o) <- "boot"
  ci <- boot.ci(o, conf = level, type = "bca", L = L)$bca
  list(t0 = t0, se = sd(t), z0 = qnorm(mean(t < t0)),
       a = sum(L^3) / (6 * sum(L^2)^1.5), low = ci[4], high = ci[5])
}

exactly <- function()
{
  set.seed(19870315)
  n <- 15
  R <- 499
  d <- data.frame(person = seq_len(n), before = rpois(n, 6))
  d$after <- rpois(n, 3 + 0.5 * d$before)
  d$after[3] <- 21
  index <- matrix(sample(n, n * R, replace = TRUE), R)
  colnames(index) <- paste0("draw", seq_len(n))
  put <- function(name, x)
  {
    con <- file(file.path(DATA_DIR, name), "wb")
    on.exit(close(con))
    writeLines(c("# synthetic: made by scripts/oracle/bootstrap.R; not patients",
                 paste(colnames(x), collapse = ","),
                 apply(x, 1, paste, collapse = ",")), con)
  }
  put("bootstrap_synthetic.csv", as.matrix(d))
  put("bootstrap_resamples_synthetic.csv", index)
  rows <- NULL
  for (level in c(0.95, 0.8))
    for (k in 1:2)
      {
        f <- list(change_of, percent_of)[[k]]
        t <- apply(index, 1, function(i) f(d$after[i], d$before[i]))
        x <- bca(d, f, t, level)
        rows <- rbind(rows, data.frame(
          statistic = c("change", "percent")[k], level = level,
          estimate = x$t0, std_error = x$se, bias = x$z0, acceleration = x$a,
          conf_low = x$low, conf_high = x$high))
      }
  write_oracle(rows, file.path(OUT_DIR, "bootstrap_fit.tsv"),
               c(paste0("source: other program: ", r_version(), ", boot ",
                        packageVersion("boot"), ": boot.ci"),
                 "script: scripts/oracle/bootstrap.R",
                 "data: tests/oracle/data/bootstrap_synthetic.csv, resamples in bootstrap_resamples_synthetic.csv",
                 "bias: z0; tolerance 1e-9"))
}

# Rows and their tolerances from RUNS runs; t: replicates from counts of persons
many <- function(d, f, of_sums, term)
{
  n <- nrow(d)
  runs <- vapply(seq_len(RUNS), function(r)
    {
      w <- rmultinom(REPLICATES, n, rep(1, n))
      x <- bca(d, f, of_sums(colSums(w * d$after), colSums(w * d$before), n))
      c(x$se, x$low, x$high)
    }, numeric(3))
  m <- rowMeans(runs)
  tol <- 12 * apply(runs, 1, sd) / abs(m)
  x <- result_row("bootstrap-bca", term, n, f(d$after, d$before), m[1],
                  conf_low = m[2], conf_high = m[3])
  x$tolerance <- sprintf("1e-9,std_error=%.2g,conf_low=%.2g,conf_high=%.2g",
                         tol[1], tol[2], tol[3])
  x
}

sums_change <- function(a, b, n) (a - b) / n
sums_percent <- function(a, b, n) 100 * (a - b) / b

head_of <- function(command)
  c(paste0("source: other program: ", r_version(), ", boot ",
           packageVersion("boot"), ": boot.ci, mean of ", RUNS, " runs"),
    "script: scripts/oracle/bootstrap.R",
    "data: tests/oracle/data/, all synthetic", command)

crossover_boot <- function()
{
  rows <- NULL
  for (case in c("counts", "unbalanced", "n60"))
    {
      x <- read_text_csv(paste0("xo_", case, "_synthetic.csv"))
      x$y <- suppressWarnings(as.numeric(x$response))
      wide <- tapply(x$y, list(x$subject, x$treatment), sum)
      wide <- wide[!is.na(wide[, 1]) & !is.na(wide[, 2]), ]
      d <- data.frame(after = wide[, 1], before = wide[, 2]) # test A, reference B
      r <- many(d, change_of, sums_change, "treatment")
      r$case <- case
      r$data <- paste0("xo_", case, "_synthetic.csv")
      rows <- rbind(rows, r)
    }
  rows$options <- "-"
  rows$endpoint <- "response"
  rows$measure <- "-"
  rows$group <- "-"
  write_oracle(rows, file.path(OUT_DIR, "bootstrap_bca.tsv"),
               head_of("command: recross crossover DATA OPTIONS"), COLUMNS)
}

register_boot <- function()
{
  s <- Filter(function(s) s$name == "reg_medium", STUDIES)[[1]]
  s$name <- "reg_bootstrap"
  s$notes <- "Intervals by resampling persons."
  s$methods <- "bootstrap-bca"
  s$groups <- NULL
  s$outcomes <- s$outcomes[c(1, 4)]
  write_study(s)
  r <- run_study(s)
  rows <- do.call(rbind, lapply(r$cells, function(c)
    {
      d <- data.frame(before = c$before / c$scale, after = c$after / c$scale)
      x <- rbind(many(d, change_of, sums_change, "change"),
                 many(d, percent_of, sums_percent, "relative-change"))
      x$endpoint <- c$endpoint
      x$measure <- c$measure
      x$group <- c$group
      x
    }))
  # shares of persons lie on a grid: the limits of these jump
  rows <- rows[rows$measure != "users", ]
  rows$case <- s$name
  rows$data <- s$data
  rows$options <- paste0(s$name, ".yaml")
  write_oracle(rows, file.path(OUT_DIR, "before_after_bootstrap.tsv"),
               head_of("command: recross run OPTIONS, the study file beside the data"),
               COLUMNS)
}

exactly()
crossover_boot()
register_boot()
