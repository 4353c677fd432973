# Kenward-Roger in the mixed model of replicate designs.
#
#   Rscript scripts/oracle/lmm_replicate_kr.R       from the top folder
#
# writes tests/oracle/{lmm_replicate_kr,abe_model_c_kr}.tsv.
#
# The model and its fit are lmm_blocks.R's, with whole n x n matrices; Kenward &
# Roger, Biometrics 1997;53:983-997, as printed there, in the variances and
# covariances themselves, in which V is linear: R_ij = 0.  The expected
# information is that of all of them, the observed one that of the parameters
# that are free at the maximum.
#
# Referee: pbkrtest where it has the model, which is one variance within.

source("scripts/oracle/lmm_blocks.R")
suppressPackageStartupMessages({
  library(lme4)
  library(pbkrtest)
})

REFEREE <- list(csv("replicate"), csv("hetero"))
REFEREE_TOLERANCE <- 1e-4 # where lme4's optimiser stops

# Covariance of kinds, one variance within: our functions against pbkrtest.
check_pbkrtest <- function(data)
{
  d <- read_long(list(data = data, reference = if (grepl("replicate", data)) "R"
                                               else "B"))
  m <- model_of(d, TRUE, TRUE)
  w <- grep("^w", names(m$g))
  m$g <- c(m$g[-w], list(w1 = Reduce(`+`, m$g[w])))
  big <- lmer(y ~ sequence + period + treatment + (0 + treatment | subject), d,
              control = lmerControl(check.nobs.vs.nRE = "ignore",
                                    optCtrl = list(xtol_abs = 1e-12,
                                                   ftol_abs = 1e-12)))
  v <- as.data.frame(VarCorr(big))
  s <- setNames(c(v$vcov[1], v$vcov[3], v$vcov[2], v$vcov[4]),
                c("g11", "g21", "g22", "w1"))[names(m$g)]
  k <- pieces(m, s)
  e <- sapply(m$g, function(a) sapply(m$g, function(b)
    sum((k$p %*% a) * t(k$p %*% b))))
  fit <- list(s = s, k = k, expected = 2 * solve(e))
  l <- matrix(as.numeric(colnames(m$x) == paste0("treatment",
                                                 levels(d$treatment)[2])), 1)
  own <- kenward_roger(m, fit, l, fit$expected)
  adjusted <- vcovAdj(big)
  se <- sqrt(drop(l %*% as.matrix(adjusted) %*% t(l)))
  df <- Lb_ddf(l[1, ], as.matrix(vcov(big)), adjusted)
  message(sprintf("%s: se %.8f, pbkrtest %.8f; df %.6f, pbkrtest %.6f", data,
                  own$se, se, own$df, df))
  stopifnot(abs(own$se / se - 1) < REFEREE_TOLERANCE,
            abs(own$df / df - 1) < REFEREE_TOLERANCE)
}

analyse_kr <- function(spec, observed)
{
  d <- read_long(spec)
  m <- model_of(d, is.null(spec$no_sequence), TRUE)
  fit <- fit_blocks(m)
  message(spec$case, if (fit$singular) ": on the border")
  rbind(complete_rows(model_rows(m, fit, d,
                                 paste0("lmm-replicate-kr",
                                        if (observed) "-observed"), 0.95),
                      spec, if (observed) "--information observed",
                      BLOCK_TOLERANCE),
        complete_rows(component_rows(m, fit, d, "lmm-replicate-kr"), spec,
                      if (observed) "--information observed",
                      COMPONENT_TOLERANCE))
}

write_kr <- function(rows, name)
  write_oracle(rows, file.path(OUT_DIR, name),
               c(paste0("source: other program: ", r_version(),
                        ", whole matrices; checked with pbkrtest ",
                        packageVersion("pbkrtest")),
                 "script: scripts/oracle/lmm_replicate_kr.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross crossover DATA OPTIONS"), COLUMNS)

main_replicate_kr <- function()
{
  for (data in REFEREE)
    check_pbkrtest(data)
  expected <- lapply(REPLICATE, analyse_kr, observed = FALSE)
  observed <- lapply(REPLICATE[c(2, 5, 8, 10)], analyse_kr, observed = TRUE)
  write_kr(do.call(rbind, c(expected, observed)), "lmm_replicate_kr.tsv")
  logs <- Filter(function(r) grepl("--log", r$options[1]),
                 c(expected, observed))
  ratios <- do.call(rbind, lapply(logs, bioequivalence))
  ratios$method <- "abe-model-c-kr"
  write_kr(ratios, "abe_model_c_kr.tsv")
}

if (is_main())
  main_replicate_kr()
