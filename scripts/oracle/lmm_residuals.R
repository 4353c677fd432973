# Conditional residuals and predicted subjects of the mixed models of crossover
# trials.
#
#   Rscript scripts/oracle/lmm_residuals.R       from the top folder
#
# writes tests/oracle/lmm_residuals.tsv.
#
# Whole matrices, as McCulloch & Searle (Generalized, Linear, and Mixed Models,
# 2001, ch. 6) and Gregoire, Schabenberger & Barrett (Can J For Res
# 1995;25:137-156) have them: V = Z G Z' + R, P = V^-1 - V^-1 X (X' V^-1 X)^-1
# X' V^-1, residuals R P y with the covariance R P R, predictions of the
# subjects G Z' P y with the covariance G Z' P Z G, variances as estimated.
# Variances come from lmm_blocks.R's fits.  Referees: nlme's residuals and
# random effects.

source("scripts/oracle/lmm_blocks.R")

RESIDUAL_TOLERANCE <- "1e-6"
SMALL <- 1e-10 # of the variance or SD within: what is exactly 0

RESIDUAL_CASES <- list(
  list(case = "missing", data = csv("missing"), reference = "B"),
  list(case = "missing-no-sequence", data = csv("missing"), reference = "B",
       no_sequence = TRUE, options = "--no-sequence"),
  list(case = "unbalanced", data = csv("unbalanced"), reference = "B"),
  list(case = "balaam", data = csv("balaam"), reference = "B"),
  list(case = "williams3", data = csv("williams3"), reference = "A"),
  list(case = "replicate", data = csv("replicate"), reference = "R",
       options = "--test T"),
  list(case = "full-log", data = csv("be_full"), reference = "R", log = TRUE,
       options = "--test T --log"),
  list(case = "partial-log", data = csv("be_partial"), reference = "R",
       log = TRUE, options = "--test T --log"))

# One variance within, or one for each treatment.
residual_fit <- function(spec, by_treatment)
{
  d <- read_long(spec)
  m <- model_of(d, is.null(spec$no_sequence), FALSE)
  if (!by_treatment)
  {
    w <- grep("^w", names(m$g))
    m$g <- c(m$g[1], list(w1 = Reduce(`+`, m$g[w])))
  }
  list(d = d, m = m, fit = fit_blocks(m))
}

pieces_of <- function(f)
{
  s <- f$fit$s
  g <- s[["g11"]]
  r <- Reduce(`+`, Map(`*`, f$m$g[-1], s[-1]))
  z <- model.matrix(~ subject - 1, droplevels(f$d))
  p <- f$fit$k$p
  residual <- drop(r %*% p %*% f$m$y)
  v <- diag(r %*% p %*% r)
  exact <- function(x) ifelse(abs(x) < SMALL * sqrt(r[1]), 0, x)
  list(residual = exact(residual), sd = ifelse(v > SMALL * diag(r), sqrt(v), NA),
       blup = exact(drop(g * t(z) %*% p %*% f$m$y)),
       blup_sd = sqrt(pmax(g^2 * diag(t(z) %*% p %*% z), 0)))
}

check_nlme <- function(f, k, spec, by_treatment)
{
  fixed <- if (is.null(spec$no_sequence)) y ~ sequence + period + treatment
           else y ~ period + treatment
  r <- do.call(nlme::lme, list(fixed = fixed, random = ~ 1 | subject,
                               data = f$d, method = "REML",
                               weights = if (by_treatment)
                                 varIdent(form = ~ 1 | treatment)))
  sd <- sqrt(f$fit$s[[2]])
  stopifnot(max(abs(residuals(r) - k$residual)) < 1e-3 * sd,
            max(abs(ranef(r)[[1]] - k$blup)) < 1e-3 * sd)
}

shapiro_row <- function(term, x)
{
  x <- x[!is.na(x)]
  t <- shapiro.test(x)
  result_row("lmm-residuals", term, length(x), statistic = t$statistic,
             p_value = t$p.value)
}

residual_rows <- function(spec, by_treatment)
{
  f <- residual_fit(spec, by_treatment)
  k <- pieces_of(f)
  check_nlme(f, k, spec, by_treatment)
  d <- droplevels(f$d)
  n <- nlevels(d$subject)
  t <- k$residual / k$sd
  u <- k$blup / k$blup_sd
  row <- function(term, estimate, sd)
    result_row("lmm-residuals", term, n, estimate, sd,
               statistic = estimate / sd)
  most <- which.max(abs(t)); furthest <- which.max(abs(u))
  rows <- rbind(
    shapiro_row("shapiro-wilk-residuals", t),
    shapiro_row("shapiro-wilk-subjects", u),
    row("largest-residual", k$residual[most], k$sd[most]),
    row("largest-subject", k$blup[furthest], k$blup_sd[furthest]),
    row(paste0("residual:", d$subject, ":", d$period), k$residual, k$sd),
    row(paste0("subject:", levels(d$subject)), k$blup, k$blup_sd))
  rows <- complete_rows(rows, spec, if (by_treatment)
    "--within-variance by-treatment", RESIDUAL_TOLERANCE)
  rows
}

main_residuals <- function()
{
  rows <- c(lapply(RESIDUAL_CASES, residual_rows, by_treatment = FALSE),
            lapply(RESIDUAL_CASES[-c(2, 8)], residual_rows,
                   by_treatment = TRUE))
  write_oracle(do.call(rbind, rows), file.path(OUT_DIR, "lmm_residuals.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", whole matrices; checked with nlme ",
                        packageVersion("nlme")),
                 "script: scripts/oracle/lmm_residuals.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross crossover DATA OPTIONS"), COLUMNS)
}

if (is_main())
  main_residuals()
