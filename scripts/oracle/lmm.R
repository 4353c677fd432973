# Expected rows of the linear models of crossover trials, from lm, lme4,
# lmerTest and pbkrtest (Debian: r-cran-lme4, r-cran-lmertest, r-cran-pbkrtest).
#
#   Rscript scripts/oracle/lmm.R       from the top folder
#
# writes three data sets with more than two periods or treatments to
# tests/oracle/data/ and tests/oracle/{ols_fixed,lmm_kr,lmm_satterthwaite,
# lmm_containment,lmm_variance,lmm_deviance}.tsv.
#
# ols-fixed: lm (y ~ subject + period + treatment).
# lmm: y ~ [sequence +] period + treatment + (1 | subject), REML.  lme4 stops
# where its optimiser does; here the root of the numerical derivative of its
# deviance is found (REML_TOLERANCE says how well that is known), and the model
# rebuilt at that root.  Satterthwaite: lmerTest.  Kenward-Roger: pbkrtest,
# expected information.  Containment: df = n - rank [X Z] within subjects,
# rank [X Z] - rank X between them, by qr ().

source("scripts/oracle/oracle_common.R")
suppressPackageStartupMessages({
  library(lme4)
  library(lmerTest)
  library(pbkrtest)
})
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

# what is left of the optimiser's and the derivatives' rounding
REML_TOLERANCE <- "1e-7,df=1e-6,p_value=1e-6"
VARIANCE_TOLERANCE <- "1e-7"
# lmerTest differentiates numerically twice
SATTERTHWAITE_TOLERANCE <- "1e-7,df=1e-5,p_value=1e-6,conf_low=1e-6,conf_high=1e-6"

ZERO <- 1e-12 # of the standard error

# ---- data --------------------------------------------------------------------

save_csv <- function(d, stem, note)
{
  con <- file(file.path(DATA_DIR, paste0(stem, "_synthetic.csv")), "wb")
  on.exit(close(con))
  writeLines(c(paste("# synthetic:", note), paste(names(d), collapse = ","),
               do.call(paste, c(unname(as.list(d)), sep = ","))), con,
             sep = "\n")
}

# n subjects of each sequence; effects per treatment and period.
simulate <- function(seed, sequences, n, between, within, effect, drift, lost)
{
  set.seed(seed)
  trt <- strsplit(rep(sequences, n), "")
  rows <- lapply(seq_along(trt), function(i)
    data.frame(subject = sprintf("S%02d", i),
               sequence = paste(trt[[i]], collapse = ""),
               period = seq_along(trt[[i]]), treatment = trt[[i]],
               response = 50 + rnorm(1, 0, between) + effect[trt[[i]]] +
                 drift[seq_along(trt[[i]])] +
                 rnorm(length(trt[[i]]), 0, within)))
  d <- do.call(rbind, rows)
  d$response <- sprintf("%.1f", d$response)
  d$response[sample(nrow(d), lost)] <- "NA"
  d[sample(nrow(d)), ]
}

make_lmm_data <- function()
{
  save_csv(simulate(301, c("ABC", "ACB", "BAC", "BCA", "CAB", "CBA"),
                    c(4, 3, 4, 2, 3, 3), 6, 4, c(A = 0, B = 3, C = -1),
                    c(0, 1, 2), 7), "xo_williams3",
           "three treatments, six sequences, 19 subjects, 7 values missing")
  save_csv(simulate(302, c("TRTR", "RTRT"), c(9, 7), 8, 3, c(T = 1, R = 0),
                    c(0, 0.5, -0.5, 1), 6), "xo_replicate",
           "two treatments twice each, 16 subjects, 6 values missing")
  save_csv(simulate(303, c("AB", "BA"), c(8, 9), 0, 5, c(A = 2, B = 0),
                    c(0, 1), 3), "xo_singular",
           "no variance between subjects, 3 values missing")
}

# ---- models ------------------------------------------------------------------

read_long <- function(spec)
{
  raw <- read_text_csv(spec$data)
  col <- function(what)
    if (is.null(spec[[what]])) what else spec[[what]]
  y <- raw[[col("response")]]
  d <- data.frame(subject = factor(raw[[col("subject")]]),
                  sequence = factor(raw[[col("sequence")]]),
                  period = factor(raw[[col("period")]]),
                  treatment = factor(raw[[col("treatment")]]),
                  y = suppressWarnings(as.numeric(ifelse(y %in% MISSING, NA,
                                                         y))))
  if (!is.null(spec$log))
    d$y <- log(d$y)
  # 1e9 plus quarters: the difference is exact, the intercept takes it up, and
  # lm and lmer keep the digits that they would lose
  if (!is.null(spec$shift))
    d$y <- d$y - spec$shift
  d$treatment <- relevel(d$treatment, spec$reference)
  d <- d[!is.na(d$y), ]
  d[order(d$subject, d$period), ]
}

# lme4's model at the root of the derivative of its REML deviance.
fit_lmm <- function(formula, d)
{
  parsed <- lFormula(formula, d, REML = TRUE)
  devfun <- do.call(mkLmerDevfun, parsed)
  start <- optimizeLmer(devfun)
  theta <- start$par
  slope <- function(t) numDeriv::grad(devfun, t)
  if (theta > 1e-3)
    theta <- uniroot(slope, theta * c(0.9, 1.1), tol = 1e-13,
                     extendInt = "yes")$root
  else
    theta <- 0
  start$par <- theta
  start$fval <- devfun(theta)
  fit <- mkMerMod(environment(devfun), start, parsed$reTrms, parsed$fr)
  fit@call <- as.call(list(quote(lme4::lmer), formula, data = quote(d)))
  environment(attr(fit@frame, "formula")) <- environment()
  fit
}

# Names of the coefficients as result rows have them.
term_of <- function(name, d, two)
{
  ref <- levels(d$treatment)[1]
  if (startsWith(name, "treatment"))
  {
    if (nlevels(d$treatment) == 2)
      return("treatment")
    return(paste0(sub("^treatment", "", name), "-", ref))
  }
  if (startsWith(name, "period") && two && nlevels(d$period) == 2)
    return("period")
  name
}

t_row <- function(method, term, n, est, se, df, level)
{
  if (abs(est) < ZERO * se) # rounding: the means are equal
    est <- 0
  t <- est / se
  q <- qt((1 + level) / 2, df)
  result_row(method, term, n, est, se, NA, df, t, 2 * pt(-abs(t), df),
             est - q * se, est + q * se)
}

f_row <- function(method, term, n, q, df, f)
  result_row(method, term, n, NA, NA, q, df, f, pf(f, q, df,
                                                   lower.tail = FALSE))

# Contrast matrices of the terms with several coefficients.
several <- function(names)
{
  kinds <- c("treatment", "period", "sequence")
  out <- list()
  for (k in kinds)
  {
    at <- which(startsWith(names, k))
    if (length(at) > 1)
      out[[k]] <- diag(length(names))[at, , drop = FALSE]
  }
  out
}

wanted <- function(names)
  which(names != "(Intercept)" & !startsWith(names, "subject"))

ols_fixed <- function(d, level)
{
  # subjects with one response tell nothing, and are not counted
  k <- droplevels(d[d$subject %in% names(which(table(d$subject) > 1)), ])
  fit <- lm(y ~ subject + period + treatment, k)
  s <- coef(summary(fit))
  n <- nlevels(k$subject)
  rows <- lapply(wanted(rownames(s)), function(i)
    t_row("ols-fixed", term_of(rownames(s)[i], d, TRUE), n, s[i, 1], s[i, 2],
          fit$df.residual, level))
  tests <- several(rownames(s))
  for (k in names(tests))
  {
    l <- tests[[k]]
    b <- l %*% coef(fit)
    f <- drop(t(b) %*% solve(l %*% vcov(fit) %*% t(l), b)) / nrow(l)
    rows <- c(rows, list(f_row("ols-fixed", k, n, nrow(l), fit$df.residual,
                               f)))
  }
  do.call(rbind, rows)
}

# Rows of the four lmm methods.
lmm <- function(d, sequence, level)
{
  formula <- if (sequence) y ~ sequence + period + treatment + (1 | subject)
             else y ~ period + treatment + (1 | subject)
  fit <- fit_lmm(formula, d)
  tested <- as_lmerModLmerTest(fit)
  b <- fixef(fit)
  n <- nlevels(droplevels(d$subject))
  c0 <- as.matrix(vcov(fit))
  adjusted <- vcovAdj(fit)
  ca <- as.matrix(adjusted)
  x <- getME(fit, "X")
  rank_x <- qr(x)$rank
  rank_xz <- qr(cbind(x, as.matrix(getME(fit, "Z"))))$rank
  df_contain <- function(name)
    if (startsWith(name, "sequence")) rank_xz - rank_x else nrow(x) - rank_xz
  rows <- list()
  for (i in wanted(names(b)))
  {
    l <- diag(length(b))[i, ]
    term <- term_of(names(b)[i], d, FALSE)
    sat <- contest1D(tested, l)
    rows <- c(rows, list(
      t_row("lmm-kr", term, n, b[i], sqrt(ca[i, i]), Lb_ddf(l, c0, adjusted), level),
      t_row("lmm-satterthwaite", term, n, b[i], sqrt(c0[i, i]), sat$df, level),
      t_row("lmm-containment", term, n, b[i], sqrt(c0[i, i]),
            df_contain(names(b)[i]), level)))
  }
  tests <- several(names(b))
  for (k in names(tests))
  {
    l <- tests[[k]]
    kr <- KRmodcomp(fit, l)$test["Ftest", ]
    sat <- contestMD(tested, l)
    v <- l %*% b
    f <- drop(t(v) %*% solve(l %*% c0 %*% t(l), v)) / nrow(l)
    rows <- c(rows, list(
      f_row("lmm-kr", k, n, kr$ndf, kr$ddf, kr$stat),
      f_row("lmm-satterthwaite", k, n, nrow(l), sat[["DenDF"]],
            sat[["F value"]]),
      f_row("lmm-containment", k, n, nrow(l), df_contain(k), f)))
  }
  vc <- as.data.frame(VarCorr(fit))
  rows <- c(rows, list(result_row("lmm-variance", "between", n, vc$vcov[1]),
                       result_row("lmm-variance", "within", n, vc$vcov[2])))
  do.call(rbind, rows)
}

analyse <- function(spec)
{
  level <- if (is.null(spec$level)) 0.95 else spec$level
  d <- read_long(spec)
  rows <- rbind(lmm(d, is.null(spec$no_sequence), level),
                if (is.null(spec$no_sequence) && is.null(spec$lmm_only))
                  ols_fixed(d, level))
  rows$case <- spec$case
  rows$data <- spec$data
  rows$options <- if (is.null(spec$options)) "-" else spec$options
  rows$endpoint <- if (is.null(spec$response)) "response" else spec$response
  rows$measure <- "-"
  rows$group <- "-"
  rows$tolerance <- c("lmm-kr" = REML_TOLERANCE,
                      "lmm-satterthwaite" = SATTERTHWAITE_TOLERANCE,
                      "lmm-containment" = REML_TOLERANCE,
                      "lmm-variance" = VARIANCE_TOLERANCE,
                      "ols-fixed" = "1e-9")[rows$method]
  rows
}

# ---- the cases ---------------------------------------------------------------

csv <- function(stem) paste0("xo_", stem, "_synthetic.csv")
own <- list(subject = "id", sequence = "arm", period = "visit",
            treatment = "drug", response = "score")
own_options <- paste("--subject id --sequence arm --period visit",
                     "--treatment drug --response score")

CASES <- list(
  list(case = "tiny4", data = csv("tiny4"), reference = "B"),
  list(case = "unbalanced", data = csv("unbalanced"), reference = "B"),
  list(case = "unbalanced-no-sequence", data = csv("unbalanced"),
       reference = "B", no_sequence = TRUE, options = "--no-sequence"),
  list(case = "missing", data = csv("missing"), reference = "B"),
  list(case = "missing-swapped", data = csv("missing"), reference = "A",
       options = "--test B"),
  list(case = "missing-no-sequence", data = csv("missing"), reference = "B",
       no_sequence = TRUE, options = "--no-sequence"),
  list(case = "missing-level", data = csv("missing"), reference = "B",
       level = 0.9, options = "--level 0.9"),
  list(case = "missing-log", data = csv("missing"), reference = "B",
       log = TRUE, options = "--log"),
  list(case = "missing-row", data = csv("missing_row"), reference = "B"),
  c(list(case = "negative", data = csv("negative"), reference = "placebo",
         options = own_options), own),
  list(case = "offset", data = csv("offset"), reference = "B", shift = 1e9),
  list(case = "n60", data = csv("n60"), reference = "B"),
  # nobody of BA has both periods: within subjects treatment and period are one
  list(case = "empty-sequence", data = csv("empty_sequence"),
       reference = "B", lmm_only = TRUE),
  list(case = "singular", data = csv("singular"), reference = "B"),
  list(case = "williams3", data = csv("williams3"), reference = "A"),
  list(case = "williams3-reference", data = csv("williams3"), reference = "B",
       options = "--reference B"),
  list(case = "williams3-no-sequence", data = csv("williams3"),
       reference = "A", no_sequence = TRUE, options = "--no-sequence"),
  list(case = "replicate", data = csv("replicate"), reference = "R",
       options = "--test T"),
  list(case = "replicate-no-sequence", data = csv("replicate"),
       reference = "R", no_sequence = TRUE, options = "--test T --no-sequence")
)

# -2 log restricted likelihood where lme4 stops by itself; a fit must not be
# worse.
deviance_row <- function(spec)
{
  d <- read_long(spec)
  sequence <- is.null(spec$no_sequence)
  fit <- suppressMessages(lme4::lmer(
    if (sequence) y ~ sequence + period + treatment + (1 | subject)
    else y ~ period + treatment + (1 | subject), d))
  data.frame(case = spec$case, data = spec$data,
             sequence = if (sequence) "yes" else "no",
             deviance = REMLcrit(fit), stringsAsFactors = FALSE)
}

main <- function()
{
  make_lmm_data()
  plain <- Filter(function(s) is.null(s$response) && is.null(s$log) &&
                    is.null(s$shift), CASES)
  write_oracle(do.call(rbind, lapply(plain, deviance_row)),
               file.path(OUT_DIR, "lmm_deviance.tsv"),
               c(paste("source: other program:", r_version(), "lme4",
                       packageVersion("lme4")),
                 "script: scripts/oracle/lmm.R",
                 "data: tests/oracle/data/, all synthetic"))
  rows <- do.call(rbind, lapply(CASES, analyse))
  versions <- sapply(c("lme4", "lmerTest", "pbkrtest"), function(p)
    paste(p, packageVersion(p)))
  for (m in unique(rows$method))
    write_oracle(rows[rows$method == m, ],
                 file.path(OUT_DIR, paste0(gsub("-", "_", m), ".tsv")),
                 c(paste0("source: other program: ",
                          paste(c(r_version(), versions), collapse = ", ")),
                   "script: scripts/oracle/lmm.R",
                   "data: tests/oracle/data/, all synthetic",
                   "command: recross crossover DATA OPTIONS"),
                 COLUMNS)
}

if (is_main())
  main()
