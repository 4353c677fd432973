# Expected rows of multiple-imputation.
#
#   Rscript scripts/oracle/multiple_imputation.R       from the top folder
#
# writes tests/oracle/multiple_imputation.tsv.  The uniform numbers come from
# scripts/oracle/philox.py (needs python3); the rest is written from the
# definitions: data augmentation with the covariance drawn as sigma11, slope
# and residual variance, t.test of every completed trial, pooled here and by
# mice::pool.scalar (needs mice), uniroot for the tipping point.  It stops
# unless many imputations agree with what is known without drawing: where
# only second responses are missing, the mean of the imputed is the regression
# on the first ones.

source("scripts/oracle/drop_outs.R")

STEPS <- 100

uniforms <- function(seed, count, m, names)
{
  out <- system2("python3", c("scripts/oracle/philox.py", seed, count, m,
                              shQuote(names)), stdout = TRUE)
  matrix(as.numeric(out), count, m)
}

# One completed sequence; take() gives the next uniform number.
augment <- function(y, take)
{
  if (!anyNA(y))
    return(y)
  z <- function() qnorm(take())
  cc <- y[stats::complete.cases(y), ]
  mu <- colMeans(cc)
  sigma <- cov(cc)
  fill <- function()
  {
    x <- y
    for (i in seq_len(nrow(y)))
      for (j in 1:2)
        if (is.na(y[i, j]))
          {
            o <- 3 - j
            x[i, j] <- mu[j] + sigma[1, 2] / sigma[o, o] * (y[i, o] - mu[o]) +
              sqrt(sigma[j, j] - sigma[1, 2]^2 / sigma[o, o]) * z()
          }
    x
  }
  x <- fill()
  n <- nrow(y)
  for (k in seq_len(STEPS))
    {
      s <- cov(x) * (n - 1)
      s11 <- s[1, 1] / qchisq(take(), n - 2)
      v <- (s[2, 2] - s[1, 2]^2 / s[1, 1]) / qchisq(take(), n - 1)
      b <- s[1, 2] / s[1, 1] + sqrt(v / s[1, 1]) * z()
      m1 <- mean(x[, 1]) + sqrt(s11 / n) * z()
      m2 <- mean(x[, 2]) + b * (m1 - mean(x[, 1])) + sqrt(v / n) * z()
      mu <- c(m1, m2)
      sigma <- matrix(c(s11, b * s11, b * s11, v + b^2 * s11), 2)
      x <- fill()
    }
  x
}

impute_all <- function(w, m, u)
{
  arms <- lapply(c("AB", "BA"), function(s)
    as.matrix(w[w$sequence == s & !(is.na(w$y1) & is.na(w$y2)), c("y1", "y2")]))
  lapply(seq_len(m), function(b)
    {
      at <- 0
      take <- function()
      {
        at <<- at + 1
        u[at, b]
      }
      lapply(arms, augment, take)
    })
}

pooled <- function(w, trials, delta = 0)
{
  arms <- lapply(c("AB", "BA"), function(s)
    w[w$sequence == s & !(is.na(w$y1) & is.na(w$y2)), ])
  each <- sapply(trials, function(x)
    {
      x[[1]][, 1] <- x[[1]][, 1] + delta * is.na(arms[[1]]$y1) # A first
      x[[2]][, 2] <- x[[2]][, 2] + delta * is.na(arms[[2]]$y2)
      d <- lapply(x, function(v) (v[, 1] - v[, 2]) / 2)
      t <- t.test(d[[1]], d[[2]], var.equal = TRUE)
      c(diff(rev(t$estimate)), t$stderr^2)
    })
  m <- ncol(each)
  n <- nrow(arms[[1]]) + nrow(arms[[2]])
  W <- mean(each[2, ])
  B <- var(each[1, ])
  T <- W + (1 + 1 / m) * B
  lambda <- (1 + 1 / m) * B / T
  r <- (1 + 1 / m) * B / W
  df_obs <- (n - 1) / (n + 1) * (n - 2) * (1 - lambda)
  df <- 1 / (lambda^2 / (m - 1) + 1 / df_obs)
  out <- list(n = n, estimate = mean(each[1, ]), se = sqrt(T), df = df, W = W,
              B = B, missing = (r + 2 / (df + 3)) / (r + 1), each = each)
  ref <- mice::pool.scalar(each[1, ], each[2, ], n = n, k = 2)
  stopifnot(near(ref$qbar, out$estimate), near(ref$t, T), near(ref$df, df),
            near(ref$fmi, out$missing))
  out$p <- 2 * pt(-abs(out$estimate / out$se), df)
  out
}

imputed_rows <- function(column, m, seed, level = 0.95, lose = character(0))
{
  w <- wide_of(column)
  names <- c("crossover", column, "multiple-imputation")
  count <- 2 * ((STEPS + 1) * nrow(w) + 5 * STEPS)
  trials <- impute_all(w, m, uniforms(seed, count, m, names))
  r <- pooled(w, trials)
  q <- qt((1 + level) / 2, r$df) * r$se
  alpha <- 1 - level
  # the tipping point, against the effect when it is significant
  toward <- if (r$p < alpha) -sign(r$estimate) else sign(r$estimate)
  f <- function(x) pooled(w, trials, toward * x)$p - alpha
  grid <- seq(0, 60, by = 0.25)
  v <- sapply(grid, f)
  k <- which(sign(v) != sign(v[1]))[1]
  tip <- toward * uniroot(f, grid[k - 1:0], tol = 1e-13)$root
  row <- function(term, ...) result_row("multiple-imputation", term, r$n, ...)
  rbind(row("treatment", r$estimate, r$se, df = r$df,
            statistic = r$estimate / r$se, p_value = r$p,
            conf_low = r$estimate - q, conf_high = r$estimate + q),
        row("within", r$W), row("between", r$B),
        row("fraction-missing", r$missing), row("tipping-delta", tip))
}

# Many imputations against regression, where only second responses are missing.
check_regression <- function()
{
  set.seed(1)
  w <- wide_of("pain")
  w <- w[!is.na(w$y1), ]
  trials <- lapply(1:2000, function(b)
    lapply(c("AB", "BA"), function(s)
      augment(as.matrix(w[w$sequence == s, c("y1", "y2")]), function() runif(1))))
  r <- pooled(w, trials)
  d <- sapply(c("AB", "BA"), function(s)
    {
      k <- w[w$sequence == s, ]
      fit <- lm(y2 ~ y1, k)
      mean(k$y1 - ifelse(is.na(k$y2), predict(fit, k), k$y2)) / 2
    })
  z <- (r$estimate - (d[[1]] - d[[2]])) / sqrt(r$B / 2000)
  message("2000 imputations against regression: z = ", signif(z, 3))
  stopifnot(abs(z) < 4) # a false alarm in 16,000
}

if (is_main())
{
  check_regression()
  # the chain multiplies rounding: looser than closed forms
  write_oracle(rbind(placed(imputed_rows("pain", 20, 1), "twenty", "pain",
                            "--imputations 20 --seed 1", tolerance = 1e-8),
                     placed(imputed_rows("pain", 5, 7, 0.999), "not-significant",
                            "pain", "--imputations 5 --seed 7 --level 0.999",
                            tolerance = 1e-8)),
               file.path(OUT_DIR, "multiple_imputation.tsv"),
               head_of("multiple_imputation.R", "mice; python3"), COLUMNS)
}
