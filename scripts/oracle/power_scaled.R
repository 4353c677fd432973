# Power and sample sizes where the limits of bioequivalence follow the variation
# within the reference, and the difference a t test detects.
#
#   Rscript scripts/oracle/power_scaled.R   from the top folder
#
# writes tests/oracle/power_scaled.tsv.  Three kinds of expected values:
#
# published   sizes and powers printed in the README of the R package PowerTOST
#             1.5-3 (100,000 simulations: tolerance 4 standard errors; 0.006 for
#             abel, where it simulates an approximation of the joint distribution)
# integrals   E [P (shown | variances)] by nested integrate (), the region in the
#             difference found by bisection of the decision itself, as the
#             guidances write it; degrees of freedom and standard errors from the
#             ranks of model matrices and from lm's own algebra
# simulation  20,000 trials of subjects by those model matrices hold the
#             integrals: the script stops beyond 4.5 standard errors

source("scripts/oracle/oracle_common.R")

SEQUENCES <- list("2x2x3" = c("TRT", "RTR"), "2x2x4" = c("TRTR", "RTRT"),
                  "2x4x4" = c("TRTR", "RTRT", "TRRT", "RTTR"),
                  "2x3x3" = c("TRR", "RTR", "RRT"))
LIMIT <- log(1.25)
PARTS <- 8 # of the inner integral

trial_data <- function(name, n)
{
  y <- NULL
  for (g in seq_along(n))
    for (i in seq_len(n[g]))
      {
        w <- strsplit(SEQUENCES[[name]][g], "")[[1]]
        y <- rbind(y, data.frame(s = paste(g, i), q = g, p = seq_along(w), t = w))
      }
  y$t <- relevel(factor(y$t), "R")
  y
}

# What is estimated, as linear functions and residual spaces of the responses.
model_pieces <- function(name, n)
{
  d <- trial_data(name, n)
  x <- model.matrix(~ factor(s) + factor(p) + t, d)
  r <- d$t == "R"
  xr <- model.matrix(~ factor(s) + factor(p), droplevels(d[r, ]))
  qx <- qr(x)
  list(d = d, x = qx, r = r, xr = qr(xr), df = nrow(x) - qx$rank,
       df_ref = sum(r) - qr(xr)$rank,
       unit = solve(crossprod(x))[ncol(x), ncol(x)])
}

contrast_pieces <- function(name, n)
{
  d <- trial_data(name, n)
  subjects <- unique(d[c("s", "q")])
  weights <- function(t) sapply(split(seq_len(nrow(d)), d$s)[subjects$s],
                                function(i) sum(d$t[i] == t))
  nt <- weights("T"); nr <- weights("R")
  k <- length(n)
  list(d = d, subjects = subjects, k = k,
       df = sum(n) - k, df_ref = sum((nr - 1)[nr > 1]) - sum(tapply(nr - 1, subjects$q, function(v) v[1])),
       df_test = sum(nt - 1) - sum(tapply(nt - 1, subjects$q, function(v) v[1])),
       per_test = sum(1 / (tapply(nt, subjects$q, function(v) v[1]) * n)) / k^2,
       per_ref = sum(1 / (tapply(nr, subjects$q, function(v) v[1]) * n)) / k^2)
}

# Expanding limits, and the variances where their width has a bend: EMA's.
abel_limit <- function(s)
  ifelse(sqrt(exp(s^2) - 1) > 0.3, 0.76 * pmin(s, sqrt(log(1.25))), LIMIT)
ABEL_BENDS <- c(log(1 + 0.3^2), log(1.25))

# Is it shown?  The decision of the guidance for a difference e.
shown <- function(method, e, s, se, df, df_ref, alpha)
{
  t <- qt(1 - alpha, df)
  average <- abs(e) + t * se <= LIMIT
  if (method == "abel")
    return(abs(e) + t * se <= abel_limit(s) & abs(e) <= LIMIT)
  theta <- if (method == "rsabe") LIMIT / 0.25 else log(1 / 0.9) / 0.1
  x <- e^2 - se^2
  bound_x <- (abs(e) + t * se)^2
  y <- -theta^2 * s^2
  bound_y <- y * df_ref / qchisq(1 - alpha, df_ref)
  ok <- x + y + sqrt((bound_x - x)^2 + (bound_y - y)^2) <= 0
  if (method == "rsabe")
  {
    scaled <- rep_len(s >= 0.294, length(ok)) # s may be one for all of se
    (scaled & ok & abs(e) <= LIMIT) | (!scaled & average)
  }
  else ok & average
}

# The half width of the region, by bisection; 0 where there is none.
region <- function(method, s, se, df, df_ref, alpha)
{
  low <- rep(0, length(se)); high <- rep(1, length(se))
  none <- !shown(method, low, s, se, df, df_ref, alpha)
  for (i in 1:45)
  {
    m <- (low + high) / 2
    ok <- shown(method, m, s, se, df, df_ref, alpha)
    low <- ifelse(ok, m, low); high <- ifelse(ok, high, m)
  }
  ifelse(none, 0, low)
}

scaled_power <- function(method, name, n, cv, theta0, cv_ref = cv, alpha = 0.05)
{
  sd <- sqrt(log(1 + cv^2)); sd_ref <- sqrt(log(1 + cv_ref^2))
  if (method == "abel")
  {
    p <- model_pieces(name, n)
    se <- sd * sqrt(p$unit); own <- shared <- se^2 / p$df
    df_own <- p$df - p$df_ref
  }
  else
  {
    p <- contrast_pieces(name, n)
    se <- sqrt(p$per_test * sd^2 + p$per_ref * sd_ref^2)
    shared <- 0; df_own <- p$df; own <- se^2 / df_own
  }
  effect <- log(theta0)
  inner <- function(x2) # x2: chi^2 of the reference
  {
    s <- sd_ref * sqrt(x2 / p$df_ref)
    f <- function(z)
    {
      est <- sqrt(shared * x2 + own * z^2)
      m <- region(method, s, est, p$df, p$df_ref, alpha)
      (pnorm((m - effect) / se) - pnorm((-m - effect) / se)) *
        2 * z * dchisq(z^2, df_own)
    }
    # SE beyond which nothing is shown, and where the bend is
    top <- sqrt(qchisq(1e-13, df_own, lower.tail = FALSE))
    bottom <- sqrt(qchisq(1e-13, df_own))
    width <- function(z) region(method, s, sqrt(shared * x2 + own * z^2), p$df,
                                p$df_ref, alpha)
    z <- seq(bottom, top, length.out = PARTS + 1)
    total <- 0
    for (i in seq_len(PARTS))
      if (width(z[i]) > 0)
        total <- total + integrate(f, z[i], z[i + 1], rel.tol = 1e-7,
                                   abs.tol = 1e-10, stop.on.error = FALSE)$value
    ratio <- 1
    if (method == "rsabe-nti")
    {
      most <- 2.5^2 * qf(alpha, p$df_test, p$df_ref) * s^2
      ratio <- pchisq(p$df_test * most / sd^2, p$df_test)
    }
    total * ratio
  }
  at <- if (method == "abel") ABEL_BENDS else
    if (method == "rsabe") 0.294^2 else NULL
  ends <- qchisq(c(1e-13, 1 - 1e-13), p$df_ref)
  mid <- p$df_ref * at / sd_ref^2
  cuts <- sort(c(ends, mid[mid > ends[1] & mid < ends[2]],
                 qchisq(c(0.01, 0.5, 0.99), p$df_ref)))
  sum(sapply(seq_len(length(cuts) - 1), function(i)
    integrate(function(x) sapply(x, function(v) inner(v) * dchisq(v, p$df_ref)),
              cuts[i], cuts[i + 1], rel.tol = 1e-6, abs.tol = 1e-8)$value))
}

# ---- trials of subjects ------------------------------------------------------

simulated <- function(method, name, n, cv, theta0, cv_ref = cv, alpha = 0.05,
                      trials = 20000)
{
  set.seed(7)
  sd <- c(T = sqrt(log(1 + cv^2)), R = sqrt(log(1 + cv_ref^2)))
  d <- trial_data(name, n)
  y <- matrix(rnorm(nrow(d) * trials), nrow(d)) * sd[as.character(d$t)] +
    log(theta0) * (d$t == "T")
  if (method == "abel")
  {
    p <- model_pieces(name, n)
    e <- qr.coef(p$x, y)[ncol(p$x$qr), ]
    se <- sqrt(p$unit * colSums(qr.resid(p$x, y)^2) / p$df)
    s <- sqrt(colSums(qr.resid(p$xr, y[p$r, ])^2) / p$df_ref)
    return(mean(shown(method, e, s, se, p$df, p$df_ref, alpha)))
  }
  p <- contrast_pieces(name, n)
  rows <- split(seq_len(nrow(d)), d$s)[p$subjects$s]
  ilat <- t(sapply(rows, function(i)
    colMeans(y[i[d$t[i] == "T"], , drop = FALSE]) -
      colMeans(y[i[d$t[i] == "R"], , drop = FALSE])))
  fit <- qr(model.matrix(~ factor(q) - 1, p$subjects))
  e <- colMeans(qr.coef(fit, ilat))
  se <- sqrt(colSums(qr.resid(fit, ilat)^2) / p$df * sum(1 / n)) / p$k
  within <- function(t)
  {
    two <- sapply(rows, function(i) sum(d$t[i] == t) == 2)
    dlat <- t(sapply(rows[two], function(i) y[i[d$t[i] == t][1], ] -
                                              y[i[d$t[i] == t][2], ]))
    q <- p$subjects$q[two]
    x <- if (length(unique(q)) > 1) model.matrix(~ factor(q)) else
      matrix(1, length(q))
    colSums(qr.resid(qr(x), dlat)^2) / 2 / (length(q) - ncol(x))
  }
  s2 <- within("R")
  ok <- shown(method, e, sqrt(s2), se, p$df, p$df_ref, alpha)
  if (method == "rsabe-nti")
    ok <- ok & within("T") / s2 / qf(alpha, p$df_test, p$df_ref) <= 2.5^2
  mean(ok)
}

CASES <- list(
  list("abel", "2x3x3", c(13, 13, 13), 0.45, 0.9),
  list("abel", "2x2x3", c(21, 21), 0.45, 0.9),
  list("abel", "2x2x3", c(9, 14), 0.32, 0.95),
  list("abel", "2x2x4", c(14, 14), 0.45, 0.9),
  list("abel", "2x2x4", c(17, 17), 0.35, 1 / 1.3), # type I error, about
  list("abel", "2x4x4", c(6, 6, 6, 6), 0.6, 1.05),
  list("rsabe", "2x2x4", c(10, 10), 0.4, 0.9, 0.5),
  list("rsabe", "2x2x4", c(9, 12), 0.3, 0.95),
  list("rsabe", "2x3x3", c(8, 9, 7), 0.55, 0.9),
  list("rsabe", "2x2x3", c(13, 11), 0.35, 1),
  list("rsabe", "2x4x4", c(4, 4, 4, 4), 0.8, 0.85),
  list("rsabe-nti", "2x2x4", c(20, 20), 0.1197, 0.975, 0.07551),
  list("rsabe-nti", "2x2x4", c(9, 9), 0.1, 0.975),
  list("rsabe-nti", "2x2x3", c(14, 16), 0.12, 1))

# options, total n, power, tolerance
PUBLISHED <- list(
  list("--design 2x3x3 --method abel --cv 0.45 --power 0.8", 39, 0.8059, 0.006),
  list("--design 2x2x3 --method abel --cv 0.45 --power 0.8", 42, 0.80017, 0.006),
  list("--design 2x2x4 --method abel --cv 0.45 --power 0.8", 28, 0.81116, 0.006),
  list("--design 2x2x4 --method rsabe --cv 0.40 --cv-ref 0.50 --power 0.8", 20,
       0.81509, 0.006),
  list("--design 2x2x4 --method rsabe-nti --cv 0.1197 --cv-ref 0.07551 --power 0.8",
       40, 0.80958, 0.006),
  list("--design 2x2x4 --method rsabe-nti --cv 0.1197 --cv-ref 0.07551 --n 32",
       32, 0.69912, 0.006),
  list("--design 2x2x4 --method rsabe-nti --cv 0.1 --power 0.8", 18, 0.84179,
       0.006))

DETECT <- list(c(sd = 8, n = 126, power = 0.9), c(sd = 1, n = 8, power = 0.8),
               c(sd = 2.5, n = 2000, power = 0.95))

detect_row <- function(x)
{
  n <- x[["n"]]; df <- n - 2; se <- x[["sd"]] * sqrt(2 / n)
  t <- qt(0.975, df)
  f <- function(d) pt(t, df, d / se, lower.tail = FALSE) + pt(-t, df, d / se) -
    x[["power"]]
  d <- uniroot(f, c(0, 20 * se), tol = 1e-14)$root
  data.frame(options = sprintf("--design 2x2 --sd %g --n %d --power %g --detect",
                               x[["sd"]], n, x[["power"]]),
             n = n, estimate = d, tolerance = 1e-7)
}

main_power_scaled <- function()
{
  rows <- do.call(rbind, lapply(CASES, function(c)
  {
    args <- c[1:5]; names(args) <- c("method", "name", "n", "cv", "theta0")
    if (length(c) > 5)
      args$cv_ref <- c[[6]]
    value <- do.call(scaled_power, args)
    sim <- do.call(simulated, args)
    z <- (sim - value) / sqrt(value * (1 - value) / 20000)
    message(sprintf("%s %s: %.8f, simulated %.5f (z %.2f)", c[[1]], c[[2]],
                    value, sim, z))
    stopifnot(abs(z) < 4.5)
    data.frame(options = paste0("--design ", c[[2]], " --method ", c[[1]],
                                " --cv ", c[[4]], if (length(c) > 5)
                                  paste0(" --cv-ref ", c[[6]]), " --theta0 ",
                                sprintf("%.17g", c[[5]]), " --n ",
                                paste(c[[3]], collapse = ",")),
               n = sum(c[[3]]), estimate = value, tolerance = 1e-6)
  }))
  printed <- do.call(rbind, lapply(PUBLISHED, function(p)
    data.frame(options = p[[1]], n = p[[2]], estimate = p[[3]],
               tolerance = p[[4]])))
  rows <- rbind(rows, printed, do.call(rbind, lapply(DETECT, detect_row)))
  write_oracle(rows, file.path(OUT_DIR, "power_scaled.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", nested integrals held by simulation; rows with --power",
                        " and the one with --n 32: published,"),
                 "  README of the R package PowerTOST 1.5-3",
                 "script: scripts/oracle/power_scaled.R",
                 "options: recross power OPTIONS; n: total; estimate: power, or the difference detected"))
}

if (is_main())
  main_power_scaled()
