# Expected rows of the equivalence methods of crossover trials, from lm, lme4,
# lmerTest and pbkrtest (as in lmm.R, which fits the mixed models).
#
#   Rscript scripts/oracle/equivalence.R       from the top folder
#
# writes four data sets to tests/oracle/data/ and tests/oracle/{tost,abe_anova,
# abel_anova,abel_lmm_containment,abel_lmm_satterthwaite,abel_lmm_kr}.tsv.
#
# Within subjects: lm (y ~ subject + period + treatment).  Within the
# reference: lm (y ~ subject + period) on its responses alone.  CV = 100 sqrt
# (exp (s^2) - 1).  tost: p of the two one-sided t tests with pt (), the larger
# one, and the t that it belongs to.
# Limits of EMA: exp (-/+ 0.760 s) for 30 < CV <= 50, those of CV = 50 above,
# 80 to 125 below (EMA, CPMP/EWP/QWP/1401/98 Rev. 1, 2010, section 4.1.10).

source("scripts/oracle/lmm.R")

# ---- data --------------------------------------------------------------------

# n subjects of each sequence; sds: within subject, per treatment, on the log
# scale, where the treatments differ by `effect`.
simulate_log <- function(seed, sequences, n, between, sds, effect, drift, lost)
{
  set.seed(seed)
  trt <- strsplit(rep(sequences, n), "")
  rows <- lapply(seq_along(trt), function(i)
    data.frame(subject = sprintf("S%02d", i),
               sequence = paste(trt[[i]], collapse = ""),
               period = seq_along(trt[[i]]), treatment = trt[[i]],
               response = exp(4 + rnorm(1, 0, between) + effect[trt[[i]]] +
                                drift[seq_along(trt[[i]])] +
                                rnorm(length(trt[[i]])) * sds[trt[[i]]])))
  d <- do.call(rbind, rows)
  d$response <- sprintf("%.2f", d$response)
  d$response[sample(nrow(d), lost)] <- "NA"
  d[sample(nrow(d)), ]
}

make_equivalence_data <- function()
{
  save_csv(simulate_log(401, c("TRTR", "RTRT"), c(15, 13), 0.5,
                        c(T = 0.3, R = 0.4), c(T = 0.05, R = 0),
                        c(0, 0.1, -0.1, 0), 7), "xo_be_full",
           "test and reference twice each, 28 subjects, 7 values missing")
  save_csv(simulate_log(402, c("TRR", "RTR", "RRT"), c(9, 8, 10), 0.6,
                        c(T = 0.5, R = 0.65), c(T = -0.1, R = 0),
                        c(0, 0.1, 0.05), 4), "xo_be_partial",
           "reference twice, test once, 27 subjects, 4 values missing")
  save_csv(simulate_log(403, c("TRT", "RTR"), c(12, 11), 0.4,
                        c(T = 0.2, R = 0.2), c(T = 0.02, R = 0),
                        c(0, 0, 0.1), 3), "xo_be_trt",
           "test or reference twice, 23 subjects, 3 values missing")
  save_csv(simulate_log(404, c("TR", "RT"), c(12, 10), 0.4,
                        c(T = 0.12, R = 0.12), c(T = 0.03, R = 0),
                        c(0, 0.05), 1), "xo_be_two",
           "test and reference once each, 22 subjects, 1 value missing")
}

# ---- rows --------------------------------------------------------------------

cv_percent <- function(s) 100 * sqrt(expm1(s^2))

# The contrasts with the reference: estimate, SE and df of each.
within_fit <- function(d)
{
  k <- droplevels(d[d$subject %in% names(which(table(d$subject) > 1)), ])
  fit <- lm(y ~ subject + period + treatment, k)
  s <- coef(summary(fit))
  at <- which(startsWith(rownames(s), "treatment"))
  list(n = nlevels(k$subject), names = rownames(s)[at], b = s[at, 1],
       se = s[at, 2], df = rep(fit$df.residual, length(at)),
       s = sigma(fit), s_df = fit$df.residual)
}

mixed_fit <- function(d, sequence, kind)
{
  formula <- if (sequence) y ~ sequence + period + treatment + (1 | subject)
             else y ~ period + treatment + (1 | subject)
  fit <- fit_lmm(formula, d)
  tested <- as_lmerModLmerTest(fit)
  b <- fixef(fit)
  at <- which(startsWith(names(b), "treatment"))
  c0 <- as.matrix(vcov(fit))
  adjusted <- vcovAdj(fit)
  rank_xz <- qr(cbind(getME(fit, "X"), as.matrix(getME(fit, "Z"))))$rank
  contrast <- function(i) diag(length(b))[i, ]
  df <- sapply(at, function(i) switch(kind,
    containment = nrow(d) - rank_xz,
    satterthwaite = contest1D(tested, contrast(i))$df,
    kr = Lb_ddf(contrast(i), c0, adjusted)))
  v <- if (kind == "kr") diag(as.matrix(adjusted)) else diag(c0)
  list(n = nlevels(droplevels(d$subject)), names = names(b)[at], b = b[at],
       se = sqrt(v[at]), df = df, s = sigma(fit), s_df = NA)
}

# SD within the reference; NA where nobody has had it twice.
reference_fit <- function(d)
{
  r <- d[d$treatment == levels(d$treatment)[1], ]
  k <- droplevels(r[r$subject %in% names(which(table(r$subject) > 1)), ])
  if (nrow(k) == 0)
    return(list(s = NA, df = NA))
  fit <- lm(y ~ subject + period, k)
  list(s = sigma(fit), df = fit$df.residual)
}

widened <- function(s)
{
  cv <- cv_percent(s)
  if (is.na(cv) || cv <= 30)
    return(c(80, 125))
  100 * exp(c(-1, 1) * 0.760 * min(s, sqrt(log(1.25))))
}

contrast_term <- function(stem, name, d)
  if (nlevels(d$treatment) == 2) stem else
    paste0(stem, if (stem != "") ":",
           sub("^treatment", "", name), "-", levels(d$treatment)[1])

limits <- function(method, n, low, high)
  rbind(result_row(method, "limit-low", n, low),
        result_row(method, "limit-high", n, high))

variation <- function(method, fit, reference)
  rbind(result_row(method, "cv-within", fit$n, cv_percent(fit$s),
                   df = fit$s_df),
        result_row(method, "cv-within-ref", fit$n, cv_percent(reference$s),
                   df = reference$df))

ratio_rows <- function(method, fit, d, alpha, reference, limit)
{
  q <- qt(1 - alpha, fit$df)
  rbind(do.call(rbind, lapply(seq_along(fit$b), function(i)
          result_row(method, contrast_term("ratio", fit$names[i], d), fit$n,
                     100 * exp(fit$b[i]), NA, NA, fit$df[i], NA, NA,
                     100 * exp(fit$b[i] - q[i] * fit$se[i]),
                     100 * exp(fit$b[i] + q[i] * fit$se[i])))),
        variation(method, fit, reference),
        limits(method, fit$n, limit[1], limit[2]))
}

tost_rows <- function(fit, d, alpha, margin, log)
{
  q <- qt(1 - alpha, fit$df)
  out <- if (log) function(x) 100 * exp(x) else identity
  m <- if (log) log(margin) else margin
  rows <- lapply(seq_along(fit$b), function(i)
  {
    t <- (fit$b[i] - m) / fit$se[i]
    p <- c(pt(t[1], fit$df[i], lower.tail = FALSE), pt(t[2], fit$df[i]))
    at <- which.max(p)
    term <- if (log || nlevels(d$treatment) == 2)
      contrast_term(if (log) "ratio" else "treatment", fit$names[i], d)
    else contrast_term("", fit$names[i], d)
    result_row("tost", term, fit$n, out(fit$b[i]),
               if (log) NA else fit$se[i], NA, fit$df[i], t[at], p[at],
               out(fit$b[i] - q[i] * fit$se[i]),
               out(fit$b[i] + q[i] * fit$se[i]))
  })
  rbind(do.call(rbind, rows),
        if (log) variation("tost", fit, reference_fit(d)),
        limits("tost", fit$n, margin[1] * if (log) 100 else 1,
               margin[2] * if (log) 100 else 1))
}

equivalence_rows <- function(spec)
{
  d <- read_long(spec)
  alpha <- if (is.null(spec$alpha)) 0.05 else spec$alpha
  is_log <- !is.null(spec$log)
  margin <- spec$margin
  if (is.null(margin))
    margin <- c(0.8, 1.25)
  fixed <- within_fit(d)
  rows <- tost_rows(fixed, d, alpha, margin, is_log)
  if (is_log)
  {
    ref <- reference_fit(d)
    rows <- rbind(rows,
      ratio_rows("abe-anova", fixed, d, alpha, ref, 100 * margin),
      ratio_rows("abel-anova", fixed, d, alpha, ref, widened(ref$s)))
    for (kind in c("containment", "satterthwaite", "kr"))
      rows <- rbind(rows,
        ratio_rows(paste0("abel-lmm-", kind),
                   mixed_fit(d, is.null(spec$no_sequence), kind), d, alpha,
                   ref, widened(ref$s)))
  }
  rows$case <- spec$case
  rows$data <- spec$data
  rows$options <- if (is.null(spec$options)) "-" else spec$options
  rows$endpoint <- "response"
  rows$measure <- "-"
  rows$group <- "-"
  rows$tolerance <- c("abel-lmm-kr" = REML_TOLERANCE,
                      "abel-lmm-satterthwaite" = SATTERTHWAITE_TOLERANCE,
                      "abel-lmm-containment" = REML_TOLERANCE,
                      "tost" = "1e-9", "abe-anova" = "1e-9",
                      "abel-anova" = "1e-9")[rows$method]
  rows
}

TR <- "--test T --reference R"
EQUIVALENCE_CASES <- list(
  list(case = "full", data = csv("be_full"), reference = "R", log = TRUE,
       options = paste(TR, "--log")),
  list(case = "full-no-sequence", data = csv("be_full"), reference = "R",
       log = TRUE, no_sequence = TRUE,
       options = paste(TR, "--log --no-sequence")),
  list(case = "full-swapped", data = csv("be_full"), reference = "T",
       log = TRUE, options = "--test R --reference T --log"),
  list(case = "partial", data = csv("be_partial"), reference = "R",
       log = TRUE, options = paste(TR, "--log")),
  list(case = "partial-alpha", data = csv("be_partial"), reference = "R",
       log = TRUE, alpha = 0.025, options = paste(TR, "--log --alpha 0.025")),
  list(case = "trt", data = csv("be_trt"), reference = "R", log = TRUE,
       options = paste(TR, "--log")),
  list(case = "two", data = csv("be_two"), reference = "R", log = TRUE,
       options = paste(TR, "--log --level 0.99")),
  list(case = "two-margin", data = csv("be_two"), reference = "R", log = TRUE,
       margin = c(0.9, 1.11), options = paste(TR, "--log --margin 0.9,1.11")),
  list(case = "williams3", data = csv("williams3"), reference = "A",
       log = TRUE, options = "--log"),
  list(case = "difference", data = csv("replicate"), reference = "R",
       margin = c(-2, 2.5), options = paste(TR, "--margin -2,2.5")),
  list(case = "difference-alpha", data = csv("missing"), reference = "B",
       margin = c(-3, 3), alpha = 0.1, options = "--margin -3,3 --alpha 0.1"),
  list(case = "difference3", data = csv("williams3"), reference = "A",
       margin = c(-5, 5), options = "--margin -5,5"))

main_equivalence <- function()
{
  make_equivalence_data()
  rows <- do.call(rbind, lapply(EQUIVALENCE_CASES, equivalence_rows))
  versions <- sapply(c("lme4", "lmerTest", "pbkrtest"), function(p)
    paste(p, packageVersion(p)))
  for (m in unique(rows$method))
    write_oracle(rows[rows$method == m, ],
                 file.path(OUT_DIR, paste0(gsub("-", "_", m), ".tsv")),
                 c(paste0("source: other program: ",
                          paste(c(r_version(), versions), collapse = ", ")),
                   "script: scripts/oracle/equivalence.R",
                   "data: tests/oracle/data/, all synthetic",
                   "command: recross crossover DATA OPTIONS"),
                 COLUMNS)
}

if (is_main())
  main_equivalence()
