# Expected rows of rates: the models of counts of crossover trials with the
# logarithm of an exposure (person-time) as offset.
#
#   Rscript scripts/oracle/counts_exposure.R       from the top folder
#
# needs geepack, MASS and sandwich; writes tests/oracle/counts_exposure.tsv and
# data/xo_rates_synthetic.csv and xo_rates_three_synthetic.csv.
#
# The definitions are counts.R's.  A response without an exposure is left out.

source("scripts/oracle/counts.R")

add_exposure <- function(d, missing)
{
  days <- sample(c(7, 14, 21, 27.5, 28), nrow(d), replace = TRUE)
  d$response <- ifelse(is.na(d$response), NA,
                       rpois(nrow(d), ifelse(is.na(d$response), 1, d$response) *
                                        days / 20))
  d$days <- days
  d$days[sample(nrow(d), missing)] <- NA
  d
}

make_rates <- function()
{
  set.seed(20261123)
  write_counts("xo_rates",
               add_exposure(draw_counts(rep(c("AB", "BA"), c(15, 16)), 3,
                                        c(A = 0, B = -0.4), 0.2, 3), 2),
               "counts of events in days, 31 subjects, values missing",
               "counts_exposure.R")
  write_counts("xo_rates_three",
               add_exposure(draw_counts(rep(c("ABC", "BCA", "CAB", "ACB", "BAC",
                                              "CBA"), 4), 5,
                                        c(A = 0, B = 0.3, C = -0.5), -0.1, 4),
                            3),
               "counts of events in days, three treatments, values missing",
               "counts_exposure.R")
}

read_rates <- function(spec)
{
  d <- read_counts(spec)
  d$o <- log(suppressWarnings(as.numeric(d$days)))
  droplevels(d[!is.na(d$o), ])
}

rate_gee <- function(spec)
{
  d <- read_rates(spec)
  f <- geeglm(y ~ per + trt + offset(o), id = id, data = d, family = poisson,
              corstr = "exchangeable",
              control = geese.control(epsilon = 1e-14, maxit = 1000))
  b <- coef(f)
  n <- nlevels(d$id)
  rbind(wald_rows("gee-poisson", n, b, named(f$geese$vbeta, b), d),
        result_row("gee-poisson", "correlation", n, unname(f$geese$alpha)),
        result_row("gee-poisson", "dispersion", n, unname(f$geese$gamma)))
}

rate_conditional <- function(spec)
{
  d <- read_rates(spec)
  used <- tapply(d$y, d$id, length) > 1 & tapply(d$y, d$id, sum) > 0
  d <- droplevels(d[used[as.character(d$id)], ])
  f <- glm(y ~ id - 1 + per + trt, family = poisson, data = d, offset = o,
           control = glm.control(epsilon = 1e-15, maxit = 200))
  n <- nlevels(d$id)
  rbind(wald_rows("conditional-poisson", n, coef(f), vcov(f), d),
        wald_rows("conditional-poisson-robust", n, coef(f),
                  vcovCL(f, cluster = d$id, type = "HC0", cadjust = FALSE), d))
}

# theta and beta in turn by their own scores; glm.nb is the referee.
rate_negative_binomial <- function(spec)
{
  d <- read_rates(spec)
  start <- glm.nb(y ~ per + trt + offset(o), data = d)
  x <- model.matrix(~ per + trt, d)
  b <- coef(start)
  theta <- start$theta
  for (i in 1:500)
  {
    for (k in 1:100)
    {
      mu <- c(exp(d$o + x %*% b))
      w <- mu / (1 + mu / theta)
      b <- b + c(solve(t(x) %*% (w * x), t(x) %*% (w * (d$y - mu) / mu)))
    }
    mu <- c(exp(d$o + x %*% b))
    score <- function(l)
    {
      t <- exp(l)
      sum(digamma(d$y + t) - digamma(t) + log(t) + 1 - log(t + mu) -
            (d$y + t) / (mu + t))
    }
    new <- exp(uniroot(score, log(theta) + c(-3, 3), tol = 1e-15)$root)
    moved <- abs(log(new / theta))
    theta <- new
    if (moved < 1e-13)
      break
  }
  stopifnot(near(theta, start$theta, 1e-3), near(b, coef(start), 1e-3))
  w <- mu / (1 + mu / theta)
  a <- solve(t(x) %*% (w * x))
  g <- rowsum(x * (d$y - mu) / (1 + mu / theta), d$id)
  n <- nlevels(d$id)
  rbind(wald_rows("negative-binomial", n, b, a %*% crossprod(g) %*% a, d),
        result_row("negative-binomial", "theta", n, theta))
}

main_exposure_counts <- function()
{
  make_rates()
  cases <- list(case_of("rates", options = "--exposure days"),
                case_of("rates_three", options = "--exposure days"))
  rows <- do.call(rbind, lapply(cases, function(s)
    cased(rbind(rate_gee(s), rate_conditional(s), rate_negative_binomial(s)),
          s)))
  write_oracle(rows, file.path(OUT_DIR, "counts_exposure.tsv"),
               c(paste0("source: other program: ", r_version(), ", geepack ",
                        packageVersion("geepack"), ", MASS ",
                        packageVersion("MASS"), ", sandwich ",
                        packageVersion("sandwich")),
                 "script: scripts/oracle/counts_exposure.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross crossover DATA OPTIONS"), COLUMNS)
}

if (is_main())
  main_exposure_counts()
