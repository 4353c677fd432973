# Expected rows of linear models with a baseline, covariates, carryover, all
# pairs of treatments and least-squares means, from lm, lme4, lmerTest, pbkrtest
# and emmeans; and the analysis of variance of type III from lm.
#
#   Rscript scripts/oracle/lmm_adjusted.R       from the top folder
#
# writes three data sets to tests/oracle/data/ and
# tests/oracle/{lmm_adjusted,anova_type3}.tsv.
#
# Carryover is written as columns: the treatment of the period before, none in
# the first.  The fits are those of lmm.R (the root of the slope of lme4's
# deviance).  Type III: a line within subjects is what the residual sum of
# squares grows by without its columns; subject(sequence) by sequence in place
# of subject; sequence is the test that subjects' effects have equal means, each
# subject counting alike (contr.sum has the same hypothesis), against
# subject(sequence).  Coefficients of the variance between are tr (Q Z Z') / df
# of the quadratic form Q of a line.

source("scripts/oracle/lmm.R")
suppressPackageStartupMessages(library(emmeans))

# ---- data --------------------------------------------------------------------

add_covariates <- function(d, seed)
{
  set.seed(seed)
  subject <- sort(unique(d$subject))
  sex <- setNames(sample(c("male", "female"), length(subject), TRUE), subject)
  site <- setNames(sample(c("Bergen", "Oslo", "Tromsoe"), length(subject),
                          TRUE), subject)
  run_in <- setNames(sprintf("%.1f", rnorm(length(subject), 50, 6)), subject)
  y <- suppressWarnings(as.numeric(d$response))
  d$baseline <- sprintf("%.1f", ifelse(is.na(y), 50, 0.6 * y + 20) +
                          rnorm(nrow(d), 0, 2.5))
  d$sex <- sex[d$subject]
  d$site <- site[d$subject]
  d$run_in <- run_in[d$subject]
  d
}

make_adjusted_data <- function()
{
  d <- add_covariates(simulate(501, c("AB", "BA"), c(12, 11), 6, 3,
                               c(A = 2, B = 0), c(0, 1), 3), 502)
  d$baseline[c(5, 17)] <- "NA"
  save_csv(d, "xo_baseline",
           "AB/BA, 23 subjects, period baselines, 5 values missing")
  save_csv(add_covariates(simulate(503, c("ADBC", "BACD", "CBDA", "DCAB"),
                                   c(5, 4, 5, 5), 5, 3,
                                   c(A = 0, B = 2, C = 3, D = -1),
                                   c(0, 1, 2, 1), 6), 504), "xo_williams4",
           "Williams 4x4, 19 subjects, covariates, 6 values missing")
  save_csv(add_covariates(simulate(505, c("ABB", "BAA"), c(9, 9), 4, 3,
                                   c(A = 2, B = 0), c(0, 1, -1), 0), 506),
           "xo_abb", "ABB/BAA, 18 subjects, complete, covariates")
}

# ---- models ------------------------------------------------------------------

# The columns to adjust for, as a data frame; names are the rows' terms.
adjusted_data <- function(spec)
{
  d <- read_long(spec)
  raw <- read_text_csv(spec$data)
  key <- paste(raw$subject, raw$period)
  at <- match(paste(d$subject, d$period), key)
  for (v in spec$covariates)
  {
    x <- ifelse(raw[[v]] %in% MISSING, NA, raw[[v]])[at]
    d[[v]] <- if (all(grepl("^[-0-9.]*$", x[!is.na(x)]))) as.numeric(x)
              else factor(x)
  }
  if (!is.null(spec$carryover))
  {
    before <- raw$treatment[match(paste(d$subject,
                                        as.integer(as.character(d$period)) -
                                          1), key)]
    for (k in levels(d$treatment)[-1])
      d[[paste0("carry", k)]] <- ifelse(is.na(before), 0, before == k) * 1
  }
  if (!is.null(spec$change))
  {
    b <- raw[[spec$change]][at]
    d$y <- d$y - suppressWarnings(as.numeric(b))
    d <- d[!is.na(d$y), ]
  }
  if (!is.null(spec$completers))
  {
    whole <- names(which(table(d$subject) == nlevels(d$period)))
    d <- droplevels(d[d$subject %in% whole, ])
  }
  ok <- complete.cases(d[, setdiff(names(d), "y"), drop = FALSE])
  list(d = droplevels(d[ok, ]), dropped = sum(!ok))
}

extra_terms <- function(spec, d)
  c(spec$covariates,
    if (!is.null(spec$carryover)) paste0("carry", levels(d$treatment)[-1]))

# Rows' names of a coefficient.
adjusted_term <- function(name, d)
{
  if (startsWith(name, "carry"))
    return(if (nlevels(d$treatment) == 2) "carryover"
           else paste0("carryover ", sub("^carry", "", name), "-",
                       levels(d$treatment)[1]))
  term_of(name, d, FALSE)
}

# All pairs without the reference, in the order of names.
pairs_of <- function(d, names)
{
  ref <- levels(d$treatment)[1]
  others <- sort(levels(d$treatment)[-1])
  out <- list()
  for (i in seq_along(others))
    for (j in seq_len(i - 1))
    {
      l <- setNames(numeric(length(names)), names)
      l[paste0("treatment", others[i])] <- 1
      l[paste0("treatment", others[j])] <- -1
      out[[paste0(others[i], "-", others[j])]] <- l
    }
  out
}

adjusted_lmm <- function(spec)
{
  a <- adjusted_data(spec)
  d <- a$d
  extra <- extra_terms(spec, d)
  formula <- reformulate(c(if (is.null(spec$no_sequence)) "sequence",
                           "period", "treatment", extra, "(1 | subject)"),
                         "y")
  fit <- fit_lmm(formula, d)
  tested <- as_lmerModLmerTest(fit)
  b <- fixef(fit)
  n <- nlevels(droplevels(d$subject))
  c0 <- as.matrix(vcov(fit))
  adjusted <- vcovAdj(fit)
  ca <- as.matrix(adjusted)
  contrasts <- lapply(wanted(names(b)), function(i)
    setNames(diag(length(b))[i, ], names(b)))
  names(contrasts) <- sapply(names(b)[wanted(names(b))], adjusted_term, d)
  if (!is.null(spec$pairs))
    contrasts <- c(contrasts, pairs_of(d, names(b)))
  if (!is.null(spec$means))
  {
    # columns of 0 and 1 are numbers here, at their mean
    e <- emmeans(fit, "treatment", lmer.df = "asymptotic",
                 cov.keep = character(0))
    for (i in seq_len(nrow(e@linfct)))
      contrasts[[paste0("lsmean:", e@grid$treatment[i])]] <- e@linfct[i, ]
  }
  rows <- list()
  for (k in names(contrasts))
  {
    l <- unname(contrasts[[k]])
    sat <- contest1D(tested, l)
    est <- sum(l * b)
    rows <- c(rows, list(
      t_row("lmm-kr", k, n, est, sqrt(drop(t(l) %*% ca %*% l)),
            Lb_ddf(l, c0, adjusted), 0.95),
      t_row("lmm-satterthwaite", k, n, est, sqrt(drop(t(l) %*% c0 %*% l)),
            sat$df, 0.95)))
  }
  groups <- c(list(treatment = "^treatment", period = "^period",
                   sequence = "^sequence", carryover = "^carry"),
              sapply(spec$covariates, function(v) paste0("^", v),
                     simplify = FALSE))
  for (k in names(groups))
  {
    at <- grep(groups[[k]], names(b))
    if (length(at) < 2)
      next
    l <- diag(length(b))[at, , drop = FALSE]
    kr <- KRmodcomp(fit, l)$test["Ftest", ]
    sat <- contestMD(tested, l)
    rows <- c(rows, list(f_row("lmm-kr", k, n, kr$ndf, kr$ddf, kr$stat),
                         f_row("lmm-satterthwaite", k, n, nrow(l),
                               sat[["DenDF"]], sat[["F value"]])))
  }
  do.call(rbind, rows)
}

adjusted_ols <- function(spec)
{
  d <- adjusted_data(spec)$d
  d <- droplevels(d[d$subject %in% names(which(table(d$subject) > 1)), ])
  fit <- lm(reformulate(c("subject", "period", "treatment",
                          extra_terms(spec, d)), "y"), d)
  s <- coef(summary(fit))
  n <- nlevels(d$subject)
  rows <- lapply(wanted(rownames(s)), function(i)
  {
    term <- adjusted_term(rownames(s)[i], d)
    if (term == "period2" && nlevels(d$period) == 2)
      term <- "period"
    t_row("ols-fixed", term, n, s[i, 1], s[i, 2], fit$df.residual, 0.95)
  })
  if (!is.null(spec$pairs))
    for (k in names(p <- pairs_of(d, rownames(s))))
    {
      l <- p[[k]][rownames(s)]
      rows <- c(rows, list(t_row("ols-fixed", k, n, sum(l * s[, 1]),
                                 sqrt(drop(t(l) %*% vcov(fit)[rownames(s),
                                                  rownames(s)] %*% l)),
                                 fit$df.residual, 0.95)))
    }
  do.call(rbind, rows)
}

# ---- analysis of variance ----------------------------------------------------

rss <- function(x, y) sum(qr.resid(qr(x), y)^2)

type3 <- function(spec)
{
  d <- adjusted_data(spec)$d
  n <- nlevels(droplevels(d$subject))
  y <- d$y
  z <- model.matrix(~ subject - 1, d)
  q <- model.matrix(~ sequence - 1, d)
  parts <- list(period = model.matrix(~ period, d)[, -1, drop = FALSE],
                treatment = model.matrix(~ treatment, d)[, -1, drop = FALSE])
  for (v in spec$covariates)
    parts[[v]] <- model.matrix(reformulate(v), d)[, -1, drop = FALSE]
  if (!is.null(spec$carryover))
    parts$carryover <- as.matrix(d[grep("^carry", names(d))])
  rest <- do.call(cbind, parts)
  full <- cbind(z, rest)
  projection <- function(x)
  {
    o <- qr(x)
    qr.Q(o)[, seq_len(o$rank), drop = FALSE]
  }
  h <- function(x) tcrossprod(projection(x))
  rank_full <- qr(full)$rank
  df <- nrow(d) - rank_full
  sse <- rss(full, y)
  mse <- sse / df
  rows <- list()
  add <- function(term, ss, k, ems, error, df_error)
    rows <<- c(rows, list(cbind(
      if (is.na(error)) result_row("anova-type3", term, n, ss / k, NA, k)
      else result_row("anova-type3", term, n, ss / k, NA, k, df_error,
                      ss / k / error, pf(ss / k / error, k, df_error,
                                         lower.tail = FALSE)),
      between = ems), cbind(
      result_row("anova-type3", paste0("ss:", term), n, ss, NA, k),
      between = 0)))
  # sequence: Q of the contrasts of the subjects' effects
  g <- solve(crossprod(qr.X(qr(full))[, qr(full)$pivot[1:rank_full]]))
  kept <- qr(full)$pivot[1:rank_full]
  stopifnot(all(seq_len(ncol(z)) %in% kept))
  g <- g[order(kept), order(kept)]
  xk <- full[, sort(kept)]
  sub <- tapply(as.character(d$sequence), d$subject, `[`, 1)
  sub <- sub[sub("^subject", "", colnames(z))]
  lv <- levels(droplevels(d$sequence))
  l <- t(sapply(lv[-1], function(s)
    c((sub == s) / sum(sub == s) - (sub == lv[1]) / sum(sub == lv[1]),
      rep(0, ncol(xk) - ncol(z)))))
  lg <- l %*% g %*% t(xk) # contrasts of y
  mid <- solve(l %*% g %*% t(l))
  qs <- t(lg) %*% mid %*% lg
  k <- length(lv) - 1
  groups <- h(full) - h(cbind(q, rest))
  kg <- round(sum(diag(groups)))
  msg <- drop(y %*% groups %*% y) / kg
  zz <- tcrossprod(z)
  add("sequence", drop(y %*% qs %*% y), k, sum(qs * zz) / k, msg, kg)
  add("subject(sequence)", msg * kg, kg, sum(groups * zz) / kg, mse, df)
  # the denominator with the coefficients of sequence (Satterthwaite 1946)
  w <- (sum(qs * zz) / k) / (sum(groups * zz) / kg)
  if (abs(w - 1) > 1e-8)
  {
    ms <- drop(y %*% qs %*% y) / k
    part <- c(w * msg, (1 - w) * mse)
    df_error <- sum(part)^2 / sum(part^2 / c(kg, df))
    f <- ms / sum(part)
    rows <- c(rows, list(cbind(
      result_row("anova-type3", "synthesised:sequence", n, ms, NA, k, df_error,
                 f, pf(f, k, df_error, lower.tail = FALSE)), between = 0)))
  }
  for (p in names(parts))
  {
    less <- cbind(z, do.call(cbind, parts[names(parts) != p]))
    kp <- rank_full - qr(less)$rank
    if (kp == ncol(parts[[p]]))
      add(p, rss(less, y) - sse, kp, 0, mse, df)
  }
  add("residual", sse, df, 0, NA, NA)
  do.call(rbind, rows)
}

# ---- the cases ---------------------------------------------------------------

csv <- function(stem) paste0("xo_", stem, "_synthetic.csv")

ADJUSTED <- list(
  list(case = "baseline", data = csv("baseline"), reference = "B",
       covariates = "baseline", means = TRUE,
       options = "--baseline baseline --lsmeans"),
  list(case = "baseline-no-sequence", data = csv("baseline"),
       reference = "B", covariates = "baseline", no_sequence = TRUE,
       options = "--baseline baseline --no-sequence"),
  list(case = "covariates", data = csv("baseline"), reference = "B",
       covariates = c("run_in", "sex", "site"), lmm_only = TRUE,
       means = TRUE, options = "--covariate run_in,sex,site --lsmeans"),
  list(case = "williams4", data = csv("williams4"), reference = "A",
       pairs = TRUE, means = TRUE, options = "--contrasts all --lsmeans"),
  list(case = "williams4-carryover", data = csv("williams4"),
       reference = "A", carryover = TRUE, pairs = TRUE, means = TRUE,
       options = "--carryover --contrasts all --lsmeans"),
  list(case = "williams4-reference", data = csv("williams4"),
       reference = "C", covariates = "baseline", carryover = TRUE,
       pairs = TRUE,
       options = "--reference C --baseline baseline --carryover --contrasts all"),
  list(case = "abb-carryover", data = csv("abb"), reference = "B",
       carryover = TRUE, covariates = "baseline",
       options = "--baseline baseline --carryover"),
  list(case = "change", data = csv("baseline"), reference = "B",
       change = "baseline",
       options = "--baseline baseline --baseline-as change"),
  list(case = "missing-completers", data = csv("missing"), reference = "B",
       completers = TRUE, options = "--completers"),
  list(case = "williams4-completers", data = csv("williams4"),
       reference = "A", completers = TRUE, covariates = "baseline",
       options = "--baseline baseline --completers"),
  list(case = "factor", data = csv("baseline"), reference = "B",
       covariates = "site", lmm_only = TRUE, options = "--factor site"))

ANOVA <- list(
  list(case = "anova-unbalanced", data = csv("unbalanced"), reference = "B"),
  list(case = "anova-missing", data = csv("missing"), reference = "B"),
  list(case = "anova-baseline", data = csv("baseline"), reference = "B",
       covariates = "baseline", options = "--baseline baseline"),
  list(case = "anova-williams3", data = csv("williams3"), reference = "A"),
  list(case = "anova-williams4", data = csv("williams4"), reference = "A",
       carryover = TRUE, options = "--carryover"),
  list(case = "anova-abb", data = csv("abb"), reference = "B",
       carryover = TRUE, covariates = "baseline",
       options = "--carryover --baseline baseline"),
  list(case = "anova-replicate", data = csv("replicate"), reference = "R",
       options = "--test T"))

finish <- function(rows, spec, tolerance)
{
  rows$case <- spec$case
  rows$data <- spec$data
  rows$options <- if (is.null(spec$options)) "-" else spec$options
  rows$endpoint <- "response"
  rows$measure <- "-"
  rows$group <- if (is.null(spec$completers)) "-" else "completers"
  rows$tolerance <- tolerance[rows$method]
  rows
}

main_adjusted <- function()
{
  make_adjusted_data()
  tolerance <- c("lmm-kr" = REML_TOLERANCE,
                 "lmm-satterthwaite" = SATTERTHWAITE_TOLERANCE,
                 "ols-fixed" = "1e-9", "anova-type3" = "1e-9")
  rows <- do.call(rbind, lapply(ADJUSTED, function(s)
    finish(rbind(adjusted_lmm(s), if (is.null(s$lmm_only)) adjusted_ols(s)),
           s, tolerance)))
  versions <- sapply(c("lme4", "lmerTest", "pbkrtest", "emmeans"), function(p)
    paste(p, packageVersion(p)))
  head <- c(paste0("source: other program: ",
                   paste(c(r_version(), versions), collapse = ", ")),
            "script: scripts/oracle/lmm_adjusted.R",
            "data: tests/oracle/data/, all synthetic",
            "command: recross crossover DATA OPTIONS")
  write_oracle(rows, file.path(OUT_DIR, "lmm_adjusted.tsv"), head, COLUMNS)
  rows <- do.call(rbind, lapply(ANOVA, function(s)
    finish(type3(s), s, tolerance)))
  write_oracle(rows, file.path(OUT_DIR, "anova_type3.tsv"),
               c(head, "between: coefficient of the variance between subjects in the expected mean square, in the note"),
               c(COLUMNS, "between"))
}

if (is_main())
  main_adjusted()
