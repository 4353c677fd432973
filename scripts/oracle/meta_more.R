# Expected values of `recross meta` beyond pooling: studies of several designs,
# correlations borrowed or assumed, single arms, weights, influence, subgroups,
# meta-regression, Mantel-Haenszel and Peto.
#
#   Rscript scripts/oracle/meta_more.R       from the top folder; needs metafor
#
# The numbers are those of metafor (Viechtbauer 2010, J Stat Softw 36:3) with
# its iterations taken to the end, or of base R; effects of crossovers are
# computed from their definition.  Data are synthetic and written first.

suppressMessages(library(metafor))
source("scripts/oracle/oracle_common.R")
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
LEVEL <- 0.95
ITERATED <- 1e-7 # relative: where metafor's iterations end

# ---- data ------------------------------------------------------------------

save_table <- function(stem, lines)
{
  con <- file(file.path(DATA_DIR, paste0("meta_", stem, "_synthetic.csv")),
              "wb")
  on.exit(close(con))
  writeLines(c("# synthetic: invented study results, nobody is behind them",
               lines), con, sep = "\n")
}
read_table <- function(stem)
{
  d <- read_text_csv(paste0("meta_", stem, "_synthetic.csv"))
  for (name in setdiff(names(d), c("study", "design", "dose_form")))
    d[[name]] <- suppressWarnings(as.numeric(d[[name]]))
  d
}

make_data <- function()
{
  # one table, five designs: each row fills the columns of its design
  save_table("designs", c(
    paste0("study,design,n1,mean1,sd1,n2,mean2,sd2,n,r,before,after,",
           "sd_before,sd_after,estimate,std_error"),
    "a,parallel,24,11.2,3.1,26,9.4,2.8,,,,,,,,",
    "b,crossover,,10.6,2.9,,9.9,3.3,18,0.71,,,,,,",
    "c,crossover,,12.1,3.6,,10.2,3.2,31,,,,,,,",
    "d,paired,,9.8,2.2,,9.5,2.6,12,0.44,,,,,,",
    "e,before-after,,,,,,,40,,9.7,11.9,3.4,3.9,,",
    "f,single-arm,,,,,,,15,0.6,10.1,10.9,2.5,2.2,,",
    "g,crossover,,,,,,,,,,,,,0.81,0.52"))
  save_table("paired_counts", c(
    "study,both,only1,only2,neither", "a,12,9,4,25", "b,3,0,5,30",
    "c,40,17,17,60", "d,5,6,1,0"))
  save_table("arms_single", c(
    "study,events,n", "a,15,17", "b,3,40", "c,0,12", "d,88,160", "e,9,9",
    "f,21,57"))
  save_table("rare", c(
    "study,events1,n1,events2,n2", "a,2,120,7,118", "b,0,60,3,62",
    "c,0,44,0,40", "d,14,300,22,305", "e,5,33,0,35", "f,9,9,7,11"))
  set.seed(2203)
  k <- 17
  se <- signif(exp(runif(k, log(0.08), log(0.6))), 4)
  dose <- sample(c(5, 10, 20, 40), k, TRUE)
  form <- sample(c("oral", "patch", "spray"), k, TRUE)
  y <- signif(rnorm(k, 0.1 + 0.02 * dose + 0.3 * (form == "patch"),
                    sqrt(0.09 + se^2)), 4)
  dose[7] <- NA
  save_table("moderated", c(
    "study,dose,dose_form,estimate,std_error",
    sprintf("S%02d,%s,%s,%s,%s", seq_len(k), ifelse(is.na(dose), "", dose),
            form, format(y, trim = TRUE), format(se, trim = TRUE))))
  # the covariate explains everything: tau2 0
  save_table("explained", c(
    "study,dose,dose_form,estimate,std_error", "a,1,x,0.11,0.1",
    "b,2,x,0.19,0.12", "c,3,y,0.32,0.2", "d,4,y,0.4,0.15",
    "e,6,z,0.58,0.3"))
}

# ---- rows ------------------------------------------------------------------

TIGHT <- list(threshold = 1e-13, tol = 1e-14, maxiter = 10000, stepadj = 0.5)
fit_of <- function(y, v, method, test = "z", ...)
  rma(y, v, method = method, test = test, control = TIGHT,
      level = 100 * LEVEL, ...)
# at the boundary the iterations stop a hair above 0
boundary <- function(tau2) ifelse(tau2 < 1e-12, 0, tau2)

normal <- function(y, se)
{
  q <- qnorm((1 + LEVEL) / 2)
  data.frame(statistic = y / se, p_value = 2 * pnorm(-abs(y / se)),
             conf_low = y - q * se, conf_high = y + q * se)
}
study_rows <- function(study, y, v)
{
  z <- normal(y, sqrt(v))
  result_row("study", study, NA, y, sqrt(v), NA, NA, z$statistic, z$p_value,
             z$conf_low, z$conf_high)
}
pooled_row <- function(method, fit)
  result_row(method, "pooled", fit$k, c(fit$beta), fit$se, NA,
             if (fit$test == "z") NA else fit$k - 1, fit$zval, fit$pval,
             fit$ci.lb, fit$ci.ub)
tau2_row <- function(method, fit)
  result_row(method, "tau2", fit$k, boundary(fit$tau2))

file_rows <- function(stem, options, endpoint, rows, group = "-",
                      tolerance = TOLERANCE)
  cbind(case = stem, data = paste0("meta_", stem, "_synthetic.csv"),
        options = options, endpoint = endpoint, measure = "-", group = group,
        rows, tolerance = tolerance, stringsAsFactors = FALSE)

# ---- designs ---------------------------------------------------------------

# y and v of every row by its design; r is that of the row
by_design <- function(d, effect, r)
{
  y <- v <- rep(NA_real_, nrow(d))
  for (i in seq_len(nrow(d)))
    {
      x <- d[i, ]
      if (!is.na(x$estimate))
        {
          y[i] <- x$estimate
          v[i] <- x$std_error^2
        }
      else if (x$design == "parallel")
        {
          es <- escalc(if (effect == "smd") "SMD" else "MD", m1i = x$mean1,
                       m2i = x$mean2, sd1i = x$sd1, sd2i = x$sd2,
                       n1i = x$n1, n2i = x$n2)
          y[i] <- es$yi
          v[i] <- es$vi
        }
      else
        {
          ba <- x$design %in% c("before-after", "single-arm")
          diff <- if (ba) x$after - x$before else x$mean1 - x$mean2
          s <- if (ba) c(x$sd_after, x$sd_before) else c(x$sd1, x$sd2)
          y[i] <- diff
          v[i] <- (s[1]^2 + s[2]^2 - 2 * r[i] * s[1] * s[2]) / x$n
          if (effect == "smd") # Cochrane Handbook 5.1, 16.4.6
            {
              y[i] <- diff / sqrt((s[1]^2 + s[2]^2) / 2)
              v[i] <- (1 / x$n + y[i]^2 / (2 * x$n)) * 2 * (1 - r[i])
            }
        }
    }
  list(y = y, v = v)
}

design_rows <- function(effect, options, r, group = "-")
{
  d <- read_table("designs")
  e <- by_design(d, effect, r)
  keep <- !is.na(e$v)
  y <- e$y[keep]
  v <- e$v[keep]
  fe <- fit_of(y, v, "FE")
  reml <- fit_of(y, v, "REML")
  dl <- fit_of(y, v, "DL", "knha")
  options <- paste("--design design --effect", effect, options)
  endpoint <- effect
  rbind(file_rows("designs", options, endpoint,
                  rbind(study_rows(d$study[keep], y, v), pooled_row("fe", fe),
                        pooled_row("dl-hksj", dl), tau2_row("dl-hksj", dl)),
                  group),
        file_rows("designs", options, endpoint,
                  rbind(pooled_row("reml", reml), tau2_row("reml", reml)),
                  group, ITERATED))
}
all_design_rows <- function()
{
  r <- read_table("designs")$r
  filled <- function(x) ifelse(is.na(r), x, r)
  borrowed <- filled(mean(c(0.71, 0.44, 0.6)))
  out <- NULL
  for (effect in c("mean-difference", "smd"))
    {
      out <- rbind(out, design_rows(effect, "", r),
                   design_rows(effect, "--borrow-r", borrowed))
      grid <- "--r-grid 0,0.3,0.5,0.7"
      for (x in c(0, 0.3, 0.5, 0.7))
        out <- rbind(out, design_rows(effect, grid, filled(x),
                                      sprintf("r=%g", x)))
    }
  out$options <- trimws(out$options)
  out
}

# One table of pairs: both, only under 1, only under 2, neither
paired_rows <- function(measure, effect)
{
  d <- read_table("paired_counts")
  e <- escalc(measure, ai = both, bi = only1, ci = only2, di = neither,
              data = d)
  file_rows("paired_counts", paste("--effect", effect), effect,
            study_rows(d$study, c(e$yi), e$vi))
}

# ---- single arms -----------------------------------------------------------

arm_rows <- function(measure, effect, back)
{
  d <- read_table("arms_single")
  e <- escalc(measure, xi = events, ni = n, data = d)
  y <- c(e$yi)
  out <- study_rows(d$study, y, e$vi)
  tol <- rep(TOLERANCE, nrow(out))
  for (method in c("fe", "dl", "reml"))
    {
      fit <- fit_of(y, e$vi, toupper(method))
      rows <- pooled_row(method, fit)
      if (!is.null(back))
        {
          b <- function(x) back(x, d$n)
          rows <- rbind(rows, result_row(method, "pooled-proportion", fit$k,
                                         b(fit$beta), NA, conf_low = b(fit$ci.lb),
                                         conf_high = b(fit$ci.ub)))
          if (method != "fe")
            {
              p <- predict(fit)
              rows <- rbind(rows, result_row(
                method, "prediction-proportion", fit$k, b(fit$beta), NA,
                conf_low = b(p$pi.lb), conf_high = b(p$pi.ub)))
            }
        }
      out <- rbind(out, rows)
      tol <- c(tol, rep(if (method == "reml") ITERATED else TOLERANCE,
                        nrow(rows)))
    }
  file_rows("arms_single", paste("--effect", effect), effect, out,
            tolerance = tol)
}

exact_rows <- function()
{
  d <- read_table("arms_single")
  out <- NULL
  for (i in seq_len(nrow(d)))
    {
      p <- d$events[i] / d$n[i]
      ci <- binom.test(d$events[i], d$n[i])$conf.int
      w <- prop.test(d$events[i], d$n[i], correct = FALSE)$conf.int
      out <- rbind(out, result_row("clopper-pearson", d$study[i], d$n[i], p,
                                   conf_low = ci[1], conf_high = ci[2]),
                   result_row("wilson", d$study[i], d$n[i], p,
                              conf_low = w[1], conf_high = w[2]))
    }
  file_rows("arms_single", "--effect logit-proportion", "logit-proportion",
            out)
}

all_arm_rows <- function()
{
  ft <- function(x, n) sapply(x, transf.ipft.hm, targs = list(ni = n))
  rbind(arm_rows("PR", "proportion", NULL),
        arm_rows("PLO", "logit-proportion", function(x, n) plogis(c(x))),
        arm_rows("PAS", "arcsine-proportion",
                 function(x, n) transf.iarcsin(c(x))),
        arm_rows("PFT", "freeman-tukey", ft), exact_rows())
}

# ---- weights and influence -------------------------------------------------

READ <- c("k2", "k3", "k13", "k40", "boundary", "between", "same_se",
          "dominant")
weight_rows <- function(stem)
{
  d <- read_table(stem)
  y <- d$estimate
  v <- d$std_error^2
  one <- function(method, tolerance)
    file_rows(stem, "-", "estimate",
              result_row(paste0("weights-", method), d$study, length(y),
                         c(weights(fit_of(y, v, toupper(method))))),
              tolerance = tolerance)
  rbind(one("fe", TOLERANCE), one("dl", TOLERANCE), one("reml", ITERATED))
}
influence_rows <- function(stem)
{
  d <- read_table(stem)
  fit <- fit_of(d$estimate, d$std_error^2, "REML")
  inf <- influence(fit)
  x <- inf$inf
  of <- function(term, values)
    result_row("influence", paste0(term, ":", d$study), fit$k, values)
  file_rows(stem, "-", "estimate",
            rbind(of("rstudent", x$rstudent), of("dffits", x$dffits),
                  of("cook", x$cook.d), of("cov-ratio", x$cov.r),
                  of("hat", x$hat), of("tau2-without", boundary(x$tau2.del)),
                  of("q-without", x$QE.del),
                  of("dfbetas", inf$dfbs$intrcpt)),
            tolerance = 1e-6)
}

# ---- subgroups -------------------------------------------------------------

METHODS <- c(fe = "FE", dl = "DL", reml = "REML", `reml-hksj` = "REML")
subgroup_rows <- function(stem)
{
  d <- read_table(stem)
  v <- d$std_error^2
  out <- NULL
  for (method in names(METHODS))
    {
      test <- if (grepl("hksj", method)) "knha" else "z"
      tol <- if (grepl("reml", method)) ITERATED else TOLERANCE
      est <- se <- numeric(0)
      for (g in unique(d$dose_form))
        {
          i <- d$dose_form == g
          if (sum(i) == 1 && method != "fe")
            {
              out <- rbind(out, file_rows(
                stem, "--by dose_form", "estimate",
                result_row(method, "pooled", 1), g))
              next
            }
          fit <- fit_of(d$estimate[i], v[i], METHODS[[method]], test)
          est <- c(est, c(fit$beta))
          se <- c(se, fit$se)
          out <- rbind(out, file_rows(stem, "--by dose_form", "estimate",
                                      pooled_row(method, fit), g, tol))
        }
      between <- rma(est, se^2, method = "FE")
      out <- rbind(out, file_rows(
        stem, "--by dose_form", "estimate",
        result_row(method, "q-between", length(est), df = length(est) - 1,
                   statistic = between$QE, p_value = between$QEp),
        tolerance = tol))
      whole <- fit_of(d$estimate, v, METHODS[[method]], test)
      out <- rbind(out, file_rows(stem, "--by dose_form", "estimate",
                                  pooled_row(method, whole), tolerance = tol))
    }
  out
}

# ---- meta-regression -------------------------------------------------------

regression_rows <- function(stem)
{
  d <- read_table(stem)
  d <- d[!is.na(d$dose), ]
  k <- nrow(d)
  one <- function(name, method, test)
  {
    fit <- fit_of(d$estimate, d$std_error^2, method, test, mods = d$dose)
    df <- if (test == "knha") k - 2 else NA
    line <- function(term, i)
      result_row(name, term, k, fit$beta[i], fit$se[i], NA, df, fit$zval[i],
                 fit$pval[i], fit$ci.lb[i], fit$ci.ub[i])
    # metafor gives H2 and I2 of the residual Q for the fixed effect
    rows <- rbind(line("slope", 2), line("intercept", 1),
                  result_row(name, "q-residual", k, df = k - 2,
                             statistic = fit$QE, p_value = fit$QEp))
    if (method == "REML")
      rows <- rbind(rows, result_row(name, "tau2", k, boundary(fit$tau2)),
                    result_row(name, "i2", k, fit$I2),
                    result_row(name, "r2", k, fit$R2))
    rows
  }
  rbind(file_rows(stem, "--moderator dose", "estimate",
                  one("meta-regression-fe", "FE", "z")),
        file_rows(stem, "--moderator dose", "estimate",
                  rbind(one("meta-regression", "REML", "z"),
                        one("meta-regression-hksj", "REML", "knha")),
                  tolerance = 1e-6))
}

# ---- Mantel-Haenszel and Peto ----------------------------------------------

table_rows <- function(stem)
{
  d <- read_table(stem)
  out <- NULL
  # tables of which the measure can be estimated at all
  none <- d$events1 + d$events2 == 0
  all <- d$events1 + d$events2 == d$n1 + d$n2
  telling <- c("log-odds-ratio" = sum(!none & !all),
               "log-risk-ratio" = sum(!none), "risk-difference" = nrow(d))
  one <- function(effect, method, fit)
  {
    k <- fit$k.yi
    rows <- rbind(
      result_row(method, "pooled", telling[[effect]], fit$beta, fit$se, NA, NA, fit$zval,
                 fit$pval, fit$ci.lb, fit$ci.ub),
      result_row(method, "q", k, df = k - 1, statistic = fit$QE,
                 p_value = fit$QEp))
    file_rows(stem, paste("--effect", effect), effect, rows)
  }
  mh <- function(measure)
    rma.mh(ai = events1, n1i = n1, ci = events2, n2i = n2, data = d,
           measure = measure, correct = FALSE)
  rbind(one("log-odds-ratio", "mantel-haenszel", mh("OR")),
        one("log-risk-ratio", "mantel-haenszel", mh("RR")),
        one("risk-difference", "mantel-haenszel", mh("RD")),
        one("log-odds-ratio", "peto", # in a file of its own
            rma.peto(ai = events1, n1i = n1, ci = events2, n2i = n2,
                     data = d)))
}

# ---- the files -------------------------------------------------------------

head_lines <- function()
  c(paste0("source: other program: ", r_version(), " with metafor ",
           as.character(packageVersion("metafor"))),
    "script: scripts/oracle/meta_more.R",
    "data: tests/oracle/data/, all synthetic",
    "command: recross meta DATA OPTIONS")

if (is_main())
  {
    make_data()
    save <- function(name, rows)
      write_oracle(rows, file.path(OUT_DIR, paste0(name, ".tsv")),
                   head_lines(), COLUMNS)
    save("meta_designs", rbind(
      all_design_rows(), paired_rows("MPORC", "paired-log-odds-ratio"),
      paired_rows("MPRR", "paired-log-risk-ratio"),
      paired_rows("MPRD", "paired-risk-difference")))
    save("meta_arms", all_arm_rows())
    save("meta_influence", rbind(
      do.call(rbind, lapply(READ, weight_rows)),
      do.call(rbind, lapply(READ, influence_rows))))
    save("meta_subgroups", rbind(subgroup_rows("moderated"),
                                 subgroup_rows("explained")))
    save("meta_regression", rbind(regression_rows("moderated"),
                                  regression_rows("explained")))
    tables <- rbind(table_rows("counts"), table_rows("rare"))
    save("mantel_haenszel", tables[tables$method != "peto", ])
    save("peto", tables[tables$method == "peto", ])
  }
