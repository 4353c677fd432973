# Expected values for segmented regressions with ARMA errors (type its).
#
#   Rscript scripts/oracle/its_arma.R        from the top folder
#
# writes tests/oracle/data/its_arma*.yaml beside data of its.R and its_more.R,
# two series of its own, and tests/oracle/its_arma.tsv.  Needs the package nlme
# (Debian: r-cran-nlme).
#
# The restricted likelihood is written out with the covariance matrix of the
# whole series, from ARMAacf () of package stats: no filter.  Its optimum is
# found by nlminb () and taken on by Newton's method with numerical derivatives;
# where the series has no gap, gls (corARMA) must give a likelihood that is no
# better, and the same numbers to what its optimiser reaches.
more <- new.env() # course (): with and without the interruption
sys.source("scripts/oracle/its_more.R", more)
source("scripts/oracle/its.R")
suppressMessages({ library(nlme); library(numDeriv) })

# correlations up to lag n - 1, and the variance for innovations of variance 1
autocovariance <- function(ar, ma, n)
{
  rho <- ARMAacf(ar, ma, n - 1)
  psi <- c(1, ARMAtoMA(ar, ma, 5000))
  unname(rho * sum(psi^2))
}

# partial autocorrelations to coefficients
coefficients_of <- function(r)
{
  a <- numeric(0)
  for (k in seq_along(r))
    a <- c(a - r[k] * rev(a), r[k])
  a
}

# what is left of the optimum's numerical derivatives
ARMA_TOLERANCE <- "2e-6,p_value=1e-5"

# at: points where the effect is told, by the method counterfactual
arma_rows <- function(t, y, x, p, q, level = 0.95, at = NULL, first = NULL)
{
  n <- length(y)
  k <- ncol(x)
  fit_at <- function(u)
  {
    ar <- coefficients_of(tanh(u[seq_len(p)]))
    ma <- -coefficients_of(tanh(u[p + seq_len(q)]))
    g <- autocovariance(ar, ma, max(t) + 1)
    v <- matrix(g[abs(outer(t, t, "-")) + 1], n)
    l <- t(chol(v))
    xs <- forwardsolve(l, x)
    ys <- forwardsolve(l, y)
    b <- solve(crossprod(xs), crossprod(xs, ys))
    rss <- sum((ys - xs %*% b)^2)
    d <- n - k
    list(value = d * (log(2 * pi * rss / d) + 1) + 2 * sum(log(diag(l))) +
           as.numeric(determinant(crossprod(xs))$modulus),
         b = drop(b), v = solve(crossprod(xs)) * rss / d,
         sigma = sqrt(rss / d), ar = ar, ma = ma)
  }
  f <- function(u) fit_at(u)$value
  best <- NULL
  for (s in c(0, 0.7, -0.7))
  {
    o <- nlminb(c(s, rep(0, p + q - 1)), f,
                control = list(rel.tol = 1e-14, x.tol = 1e-12))
    if (is.null(best) || o$objective < best$objective)
      best <- o
  }
  u <- best$par
  for (i in 1:4)
    u <- u - solve(hessian(f, u), grad(f, u))
  stopifnot(max(abs(grad(f, u))) < 5e-6, f(u) <= best$objective + 1e-9)
  m <- fit_at(u)
  if (all(diff(t) == 1)) # gls knows neither gaps nor two series here
  {
    r <- gls(y ~ 0 + x, correlation = corARMA(p = p, q = q), method = "REML")
    stopifnot(-2 * as.numeric(logLik(r)) > m$value - 1e-6,
              near(coef(r), m$b, 1e-3))
  }
  rows <- NULL
  number <- function(term, v) rows <<- rbind(rows, result_row("segmented-arma",
                                                              term, n, v))
  for (i in seq_len(p))
    number(paste("ar", i), m$ar[i])
  for (i in seq_len(q))
    number(paste("ma", i), m$ma[i])
  number("sigma", m$sigma)
  number("minus2-reml-loglik", m$value)
  se <- setNames(sqrt(diag(m$v)), colnames(x))
  rows <- rbind(rows, wald_rows("segmented-arma", x, setNames(m$b, colnames(x)),
                                se, n, n - k, level))
  if (is.null(at))
    return(rows)
  z <- x
  z[, grep("change", colnames(x))] <- 0
  rbind(rows, more$course(x, z, t, y, first, at, m$b, m$v, n - k, n, FALSE,
                          level))
}

no_rows <- function(x, n, p, q)
  do.call(rbind, lapply(c(paste("ar", seq_len(p)), paste("ma", seq_len(q)),
                          "sigma", "minus2-reml-loglik", colnames(x)),
                        function(term) result_row("segmented-arma", term, n)))

main_arma <- function()
{
  set.seed(20261123)
  all <- NULL
  one <- read_text_csv("its_one_synthetic.csv")
  y <- as.numeric(one$y)
  t <- seq_along(y)
  x <- columns_of(t, 25, TRUE, NULL)
  keys <- c("columns: {time: month, value: y}", "interruptions: [25]",
            "methods: [segmented-arma]")
  for (order in list(c(1, 0), c(2, 0), c(0, 1), c(1, 1)))
  {
    case <- paste0("its_arma_", order[1], order[2])
    write_study(case, "its_one_synthetic.csv",
                c(keys, if (!identical(order, c(1, 0)))
                  sprintf("arma: {ar: %d, ma: %d}", order[1], order[2])))
    all <- add(all, case, "its_one_synthetic.csv", "y",
               arma_rows(t, y, x, order[1], order[2]), ARMA_TOLERANCE)
  }
  write_study("its_arma_course", "its_one_synthetic.csv",
              c(keys[1:2], "methods: [segmented-arma, counterfactual]",
                "model: segmented-arma", "effects: [30, 48]"))
  all <- add(all, "its_arma_course", "its_one_synthetic.csv", "y",
             arma_rows(t, y, x, 1, 0, at = c(30, 48), first = 25),
             ARMA_TOLERANCE)
  # a longer series, strong correlation, a season
  n <- 156
  t <- 1:n
  y <- round(80 + 0.1 * t - 6 * (t >= 79) + 0.05 * pmax(0, t - 79)
             + 5 * sin(2 * pi * t / 12)
             + as.numeric(arima.sim(list(ar = c(0.6, 0.2), ma = -0.3), n,
                                    sd = 2)), 2)
  data <- "its_arma_long_synthetic.csv"
  write_data(data, "an interruption at point 79, noise ARMA(2, 1)",
             data.frame(month = t, y = sprintf("%.2f", y)))
  long <- c("columns: {time: month, value: y}", "interruptions: [79]",
            "season: {period: 12, pairs: 1}", "methods: [segmented-arma]")
  x <- columns_of(t, 79, TRUE, c(12, 1))
  write_study("its_arma_long", data, c(long, "arma: {ar: 2, ma: 1}",
                                       "level: 0.9"))
  all <- add(all, "its_arma_long", data, "y",
             arma_rows(t, y, x, 2, 1, 0.9), ARMA_TOLERANCE)
  # gaps: six values and four rows are missing
  y[c(8, 9, 40, 77, 80, 130)] <- NA
  gone <- c(20, 78, 100, 101)
  data <- "its_arma_gaps_synthetic.csv"
  write_data(data, "the same with gaps",
             data.frame(month = t, y = ifelse(is.na(y), "NA",
                                              sprintf("%.2f", y)))[-gone, ])
  write_study("its_arma_gaps", data, c(long, "arma: {ar: 1, ma: 1}"))
  seen <- setdiff(which(!is.na(y)), gone)
  all <- add(all, "its_arma_gaps", data, "y",
             arma_rows(t[seen], y[seen], x[seen, ], 1, 1), ARMA_TOLERANCE)
  # hardly more points than numbers
  write_study("its_arma_edge", "its_edge_synthetic.csv",
              c("interruptions: [6]", "methods: [segmented-arma]",
                "arma: {ar: 2, ma: 2}"))
  all <- add(all, "its_arma_edge", "its_edge_synthetic.csv", "value",
             no_rows(columns_of(1:8, 6, TRUE, NULL), 8, 2, 2))
  write_oracle(all, file.path(OUT_DIR, "its_arma.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", packages nlme ", packageVersion("nlme"),
                        " and numDeriv ", packageVersion("numDeriv")),
                 "script: scripts/oracle/its_arma.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross run OPTIONS, the study file beside the data"),
               COLUMNS)
}

if (is_main())
  main_arma()
