# Expected rows of the FDA's reference-scaled bioequivalence, from lm as its
# SAS code has it, without the C code at hand.
#
#   Rscript scripts/oracle/rsabe.R       from the top folder
#
# writes two data sets to tests/oracle/data/ and tests/oracle/{rsabe,
# rsabe_nti}.tsv.
#
#   ilat = mean of a subject's logarithms under T - mean under R
#   dlat = R1 - R2, the first minus the second time on the reference
#   ilat ~ sequence: mean over sequences of equal weight e, its se, t interval
#   dlat ~ sequence: s2wr = residual variance / 2, dfd its df
#   x = e^2 - se^2, boundx = max (|lower|, |upper|)^2
#   y = -theta s2wr, boundy = y dfd / qchisq (0.95, dfd)
#   critbound = x + y + sqrt ((boundx - x)^2 + (boundy - y)^2)
#
# (FDA, Draft Guidance on Progesterone, 2011, theta = (log 1.25 / 0.25)^2;
# Draft Guidance on Warfarin Sodium, 2012, theta = (log (1 / 0.9) / 0.10)^2.)
# A model takes the subjects that have what it needs: EMA's data set I so gets
# the published s 0.44645, ratio 115.46 (106.39, 125.31), bound -0.09208
# (SAS and Phoenix/WinNonlin; forum.bebac.at 23662), checked below when the
# file is there.  With more than two times on the reference: the residual
# variance of a table of subjects and times, sequence by sequence.
# The unscaled ratio is that of the model of replicate designs (lmm_blocks.R).

source("scripts/oracle/lmm_blocks.R")
source("scripts/oracle/equivalence.R")

THETA <- c(rsabe = (log(1.25) / 0.25)^2, "rsabe-nti" = (log(1 / 0.9) / 0.1)^2)
SCALE_FROM <- 0.294

make_rsabe_data <- function()
{
  save_csv(simulate_log(411, c("TRTR", "RTRT"), c(11, 9), 0.3,
                        c(T = 0.09, R = 0.07), c(T = 0.01, R = 0),
                        c(0, 0.05, 0, 0.02), 3), "xo_be_narrow",
           "test and reference twice each, 20 subjects, 3 values missing")
  save_csv(simulate_log(412, c("TRRR", "RTRR", "RRTT"), c(7, 8, 6), 0.5,
                        c(T = 0.35, R = 0.45), c(T = 0.04, R = 0),
                        c(0, 0.1, -0.1, 0.05), 4), "xo_be_thrice",
           "reference three times or twice, 21 subjects, 4 values missing")
}

# responses of one treatment, a row per subject that has all that its sequence
# plans, in the order of the periods; NULL for a sequence with fewer than least
times_on <- function(d, treatment, least)
{
  out <- list()
  for (q in levels(d$sequence))
  {
    plan <- unique(d$period_all[d$sequence == q & d$treatment == treatment])
    k <- length(plan)
    if (k < least)
      next
    r <- d[d$sequence == q & d$treatment == treatment & !is.na(d$y), ]
    r <- r[order(r$period), ]
    have <- names(which(table(as.character(r$subject)) == k))
    m <- t(sapply(have, function(s) r$y[r$subject == s]))
    if (k == 1)
      m <- t(m)
    if (length(have) > 0)
      out[[q]] <- matrix(m, length(have), k, dimnames = list(have, NULL))
  }
  out
}

within_variance <- function(d, treatment)
{
  parts <- times_on(d, treatment, 2)
  long <- do.call(rbind, lapply(names(parts), function(q)
    data.frame(s = rep(rownames(parts[[q]]), ncol(parts[[q]])),
               k = paste(q, rep(seq_len(ncol(parts[[q]])),
                                each = nrow(parts[[q]]))),
               y = as.vector(parts[[q]]))))
  if (is.null(long))
    return(list(s = NA, df = NA, n = 0))
  fit <- lm(y ~ s + k, long)
  n <- length(unique(long$s))
  if (all(sapply(parts, ncol) == 2)) # the SAS code, word by word
  {
    w <- do.call(rbind, lapply(names(parts), function(q)
      data.frame(q = q, d = parts[[q]][, 1] - parts[[q]][, 2])))
    sas <- if (length(parts) > 1) lm(d ~ q, w) else lm(d ~ 1, w)
    stopifnot(isTRUE(all.equal(sigma(sas)^2 / 2, sigma(fit)^2)),
              sas$df.residual == fit$df.residual)
  }
  list(s = sigma(fit), df = fit$df.residual, n = n)
}

contrast <- function(d, test, alpha)
{
  t <- times_on(d, test, 1)
  r <- times_on(d, levels(d$treatment)[1], 1)
  both <- intersect(names(t), names(r))
  w <- do.call(rbind, lapply(both, function(q)
  {
    s <- intersect(rownames(t[[q]]), rownames(r[[q]]))
    data.frame(q = q, d = rowMeans(t[[q]][s, , drop = FALSE]) -
                        rowMeans(r[[q]][s, , drop = FALSE]))
  }))
  fit <- lm(d ~ q - 1, w)
  one <- rep(1 / length(both), length(both))
  e <- sum(one * coef(fit))
  se <- sqrt(drop(one %*% vcov(fit) %*% one))
  q <- qt(1 - alpha, fit$df.residual)
  list(n = nrow(w), e = e, se = se, df = fit$df.residual, low = e - q * se,
       high = e + q * se)
}

scaled_rows <- function(method, spec)
{
  d <- read_all(spec)
  alpha <- if (is.null(spec$alpha)) 0.05 else spec$alpha
  reference <- levels(d$treatment)[1]
  ref <- within_variance(d, reference)
  rows <- NULL
  for (test in levels(d$treatment)[-1])
  {
    name <- function(stem) if (nlevels(d$treatment) == 2) stem else
      paste0(stem, ":", test, "-", reference)
    m <- contrast(d, test, alpha)
    rows <- rbind(rows, result_row(method, name("ratio"), m$n,
                                   100 * exp(m$e), df = m$df,
                                   conf_low = 100 * exp(m$low),
                                   conf_high = 100 * exp(m$high)))
    x <- m$e^2 - m$se^2
    bound_x <- max(abs(m$low), abs(m$high))^2
    y <- -THETA[[method]] * ref$s^2
    bound_y <- y * ref$df / qchisq(1 - alpha, ref$df)
    rows <- rbind(rows, result_row(method, name("criterion"), m$n, x + y,
      conf_high = x + y + sqrt((bound_x - x)^2 + (bound_y - y)^2)))
    if (method == "rsabe-nti")
    {
      own <- within_variance(d, test)
      rows <- rbind(rows,
        result_row(method, name("sd-ratio"), own$n, own$s / ref$s,
                   df_num = own$df, df = ref$df,
                   conf_low = own$s / ref$s / sqrt(qf(1 - alpha, own$df, ref$df)),
                   conf_high = own$s / ref$s / sqrt(qf(alpha, own$df, ref$df))))
    }
  }
  if (!is.na(ref$s) && (method == "rsabe-nti" || ref$s < SCALE_FROM))
  {
    u <- bioequivalence(analyse_blocks(c(spec, by_kind = TRUE))$rows)
    u <- u[u$term == "ratio", ]
    q <- qt(1 - alpha, u$df) / qt(0.95, u$df)
    e <- log(u$estimate)
    rows <- rbind(rows, result_row(method, "ratio-unscaled", u$n, u$estimate,
                                   df = u$df,
                                   conf_low = exp(e + q * (log(u$conf_low) - e)),
                                   conf_high = exp(e + q * (log(u$conf_high) - e))))
  }
  rows <- rbind(rows, result_row(method, "cv-within-ref", ref$n,
                                 cv_percent(ref$s), df = ref$df))
  widest <- if (is.na(ref$s) || (method == "rsabe" && ref$s < SCALE_FROM))
    log(1.25) else sqrt(THETA[[method]]) * ref$s
  if (method == "rsabe-nti")
    widest <- min(log(1.25), widest)
  rows <- rbind(rows, limits(method, ref$n, 100 * exp(-widest),
                             100 * exp(widest)))
  rows$case <- spec$case
  rows$data <- spec$data
  rows$options <- spec$options
  rows$endpoint <- "response"
  rows$measure <- "-"
  rows$group <- "-"
  rows$tolerance <- ifelse(rows$term == "ratio-unscaled", BLOCK_TOLERANCE,
                           "1e-9")
  rows
}

# also where the response is missing: the plan of a sequence
read_all <- function(spec)
{
  raw <- read_text_csv(spec$data)
  y <- suppressWarnings(as.numeric(ifelse(raw$response %in% MISSING, NA,
                                          raw$response)))
  d <- data.frame(subject = factor(raw$subject),
                  sequence = factor(raw$sequence), period = raw$period,
                  period_all = raw$period,
                  treatment = relevel(factor(raw$treatment), spec$reference),
                  y = log(y))
  d
}

check_published <- function()
{
  file <- file.path(Sys.getenv("RECROSS_ORACLES"), "be_rds/rds01.csv")
  if (!file.exists(file))
    return(message("EMA's data set I is not here: not checked"))
  raw <- read.csv(file, comment.char = "#")
  d <- data.frame(subject = factor(raw$subject),
                  sequence = factor(raw$sequence), period = raw$period,
                  period_all = raw$period,
                  treatment = relevel(factor(raw$treatment), "R"),
                  y = log(raw$PK))
  ref <- within_variance(d, "R")
  m <- contrast(d, "T", 0.05)
  x <- m$e^2 - m$se^2
  y <- -THETA[["rsabe"]] * ref$s^2
  bound <- x + y + sqrt((max(abs(m$low), abs(m$high))^2 - x)^2 +
                        (y * ref$df / qchisq(0.95, ref$df) - y)^2)
  stopifnot(round(ref$s, 5) == 0.44645, round(100 * exp(m$e), 2) == 115.46,
            round(100 * exp(m$low), 2) == 106.39,
            round(100 * exp(m$high), 2) == 125.31, round(bound, 5) == -0.09208)
  message("EMA's data set I: as published")
}

TR <- "--test T --reference R --log"
SCALED <- list(
  list(case = "full", data = csv("be_full"), reference = "R", log = TRUE,
       options = TR),
  list(case = "full-alpha", data = csv("be_full"), reference = "R", log = TRUE,
       alpha = 0.025, options = paste(TR, "--alpha 0.025")),
  list(case = "full-swapped", data = csv("be_full"), reference = "T",
       log = TRUE, options = "--test R --reference T --log"),
  list(case = "partial", data = csv("be_partial"), reference = "R",
       log = TRUE, options = TR),
  list(case = "trt", data = csv("be_trt"), reference = "R", log = TRUE,
       options = TR),
  list(case = "two", data = csv("be_two"), reference = "R", log = TRUE,
       options = TR),
  list(case = "thrice", data = csv("be_thrice"), reference = "R", log = TRUE,
       options = TR),
  list(case = "williams3", data = csv("williams3"), reference = "A",
       log = TRUE, options = "--log --reference A"))
NARROW <- list(
  list(case = "narrow", data = csv("be_narrow"), reference = "R", log = TRUE,
       options = TR),
  list(case = "narrow-alpha", data = csv("be_narrow"), reference = "R",
       log = TRUE, alpha = 0.1, options = paste(TR, "--alpha 0.1")),
  list(case = "full", data = csv("be_full"), reference = "R", log = TRUE,
       options = TR),
  list(case = "trt", data = csv("be_trt"), reference = "R", log = TRUE,
       options = TR))

main_rsabe <- function()
{
  check_published()
  make_rsabe_data()
  write <- function(method, cases)
    write_oracle(do.call(rbind, lapply(cases, function(s)
                   scaled_rows(method, s))),
                 file.path(OUT_DIR, paste0(gsub("-", "_", method), ".tsv")),
                 c(paste0("source: other program: ", r_version(),
                          ", lm; ratio-unscaled as abe_model_c.tsv"),
                   "script: scripts/oracle/rsabe.R",
                   "data: tests/oracle/data/, all synthetic",
                   "command: recross crossover DATA OPTIONS"), COLUMNS)
  write("rsabe", SCALED)
  write("rsabe-nti", NARROW)
}

if (is_main())
  main_rsabe()
