# Expected rows of linear models with carryover of several kinds, from lme4,
# lmerTest and pbkrtest, and for fixed subjects from the definitions.
#
#   Rscript scripts/oracle/carryover.R       from the top folder
#
# writes two data sets to tests/oracle/data/ and tests/oracle/carryover.tsv.
#
# A model is written with a column for every treatment and every treatment
# carried over, more than can be told apart.  A contrast is estimable where it
# lies in the row space (Moore-Penrose inverse).  Fixed subjects: estimates and
# standard errors from that inverse.  Mixed: lmer on the columns that a pivoted
# QR keeps; for an estimable contrast the others are zero.  Type III: a line is
# the F of all its estimable hypotheses, as sum of squares.

source("scripts/oracle/lmm.R")
suppressPackageStartupMessages(library(MASS))

make_carryover_data <- function()
{
  save_csv(simulate(601, c("AABB", "BBAA", "ABBA", "BAAB"), c(6, 5, 5, 6), 5,
                    3, c(A = 2, B = 0), c(0, 1, 2, 1), 6), "xo_self_adjacent",
           "two treatments, some twice in a row, 22 subjects, 6 values missing")
  save_csv(simulate(602, c("ABCC", "BCAA", "CABB", "ACBB", "BACC", "CBAA"),
                    c(4, 4, 3, 4, 3, 4), 6, 3, c(A = 0, B = 2, C = -1),
                    c(0, 1, 2, 1), 5), "xo_extra_period",
           "Williams design of three treatments with an extra period, 22 subjects, 5 values missing")
}

# Parts of the models: what is given now, as a rule on `before` and `now`.
ANY <- function(before, now) TRUE
OTHER <- function(before, now) before != now
SAME <- function(before, now) before == now
part <- function(term, rule, lag = 1, levels = FALSE)
  list(term = term, rule = rule, lag = lag, levels = levels)
MODELS <- list(
  "first-order" = list(part("carryover", ANY)),
  "second-order" = list(part("carryover", ANY), part("carryover2", ANY, 2)),
  "self-mixed" = list(part("carryover-mixed", OTHER),
                      part("carryover-self", SAME)),
  "no-self" = list(part("carryover", OTHER, levels = TRUE)),
  "decay" = list(part("carryover", SAME, levels = TRUE)),
  "interaction" = list(part("carryover", ANY)))

# Columns and hypotheses.  reference: the first level of treatment.
carryover_model <- function(d, raw, name, random)
{
  treatments <- levels(d$treatment)
  reference <- treatments[1]
  key <- paste(raw$subject, raw$period)
  period <- as.integer(as.character(d$period))
  x <- list()
  dummies <- function(f, prefix)
    setNames(lapply(levels(f), function(k) (f == k) * 1),
             paste0(prefix, levels(f)))
  x <- if (random) c(list(one = rep(1, nrow(d))), dummies(d$sequence, "s:"))
       else dummies(d$subject, "i:")
  x <- c(x, dummies(d$period, "p:"), dummies(d$treatment, "t:"))
  h <- list()
  one_of <- function(to, from = NULL) c(setNames(1, to),
                                        if (!is.null(from)) setNames(-1, from))
  differences <- function(label, prefix, f, base, names)
  {
    others <- setdiff(levels(f), base)
    each <- setNames(lapply(others, function(k)
      list(one_of(paste0(prefix, k), paste0(prefix, base)))), names(others))
    if (length(others) > 1)
      each[[label]] <- lapply(others, function(k)
        one_of(paste0(prefix, k), paste0(prefix, base)))
    each
  }
  treated <- setdiff(treatments, reference)
  minus <- function(k) paste0(k, "-", reference)
  h <- differences("treatment", "t:", d$treatment, reference,
                   if (length(treated) == 1) function(k) "treatment" else minus)
  h <- c(h, differences("period", "p:", d$period, levels(d$period)[1],
                        function(k) paste0("period", k)))
  if (random)
    h <- c(h, differences("sequence", "s:", d$sequence, levels(d$sequence)[1],
                          function(k) paste0("sequence", k)))
  for (part in MODELS[[name]])
  {
    before <- raw$treatment[match(paste(d$subject, period - part$lag), key)]
    carried <- !is.na(before) & part$rule(before, as.character(d$treatment))
    f <- factor(ifelse(carried, before, NA), treatments)
    prefix <- paste0(part$term, ":")
    # what every treatment leaves is in the periods; those of the program are
    # with what the reference leaves
    at_zero <- if (identical(part$rule, ANY)) reference
    x <- c(x, setNames(lapply(setdiff(treatments, at_zero), function(k) (f %in% k) * 1),
                       paste0(prefix, setdiff(treatments, at_zero))))
    h <- c(h, differences(part$term, prefix, f, reference,
                          if (length(treated) == 1) function(k) part$term
                          else function(k) paste(part$term, minus(k))))
    if (part$levels)
      h <- c(h, setNames(lapply(treatments, function(k)
        list(one_of(paste0(prefix, k)))), paste0(part$term, ":", treatments)))
  }
  if (name == "interaction")
  {
    before <- raw$treatment[match(paste(d$subject, period - 1), key)]
    code <- function(v, k) ifelse(is.na(v), 0, (v == k) - (v == reference))
    columns <- list()
    for (i in treated)
      for (j in treated)
        columns[[paste0("x:", i, j)]] <- code(before, i) * code(d$treatment, j)
    x <- c(x, columns)
    h[["carryover:treatment"]] <- lapply(names(columns), one_of)
  }
  x <- do.call(cbind, x)
  as_rows <- function(list_of)
    t(sapply(list_of, function(v)
    {
      l <- setNames(numeric(ncol(x)), colnames(x))
      v <- v[names(v) %in% names(l)]
      l[names(v)] <- v
      l
    }))
  list(x = x, hypotheses = lapply(h, as_rows))
}

estimable <- function(x, l)
{
  g <- ginv(crossprod(x), tol = 1e-10)
  max(abs(l %*% g %*% crossprod(x) - l)) < 1e-7
}

na_row <- function(method, term, n) result_row(method, term, n)

carryover_ols <- function(d, raw, name)
{
  d <- droplevels(d[d$subject %in% names(which(table(d$subject) > 1)), ])
  m <- carryover_model(d, raw, name, FALSE)
  g <- ginv(crossprod(m$x), tol = 1e-10)
  b <- drop(g %*% crossprod(m$x, d$y))
  df <- nrow(d) - round(sum(diag(m$x %*% g %*% t(m$x))))
  s2 <- sum((d$y - m$x %*% b)^2) / df
  n <- nlevels(d$subject)
  do.call(rbind, lapply(names(m$hypotheses), function(k)
  {
    l <- m$hypotheses[[k]]
    if (!estimable(m$x, l))
      return(na_row("ols-fixed", k, n))
    v <- l %*% g %*% t(l) * s2
    if (nrow(l) == 1)
      return(t_row("ols-fixed", k, n, sum(l * b), sqrt(drop(v)), df, 0.95))
    e <- drop(l %*% b)
    f_row("ols-fixed", k, n, nrow(l), df, sum(e * solve(v, e)) / nrow(l))
  }))
}

carryover_lmm <- function(d, raw, name)
{
  m <- carryover_model(d, raw, name, TRUE)
  o <- qr(m$x)
  kept <- sort(o$pivot[seq_len(o$rank)])
  z <- m$x[, kept]
  d$z <- z
  fit <- fit_lmm(y ~ 0 + z + (1 | subject), d)
  tested <- as_lmerModLmerTest(fit)
  b <- fixef(fit)
  c0 <- as.matrix(vcov(fit))
  adjusted <- vcovAdj(fit)
  ca <- as.matrix(adjusted)
  n <- nlevels(droplevels(d$subject))
  do.call(rbind, lapply(names(m$hypotheses), function(k)
  {
    whole <- m$hypotheses[[k]]
    q <- nrow(whole)
    if (!estimable(m$x, whole))
      return(rbind(na_row("lmm-kr", k, n), na_row("lmm-satterthwaite", k, n)))
    l <- whole[, kept, drop = FALSE]
    if (q > 1)
    {
      kr <- KRmodcomp(fit, l)$test["Ftest", ]
      sat <- contestMD(tested, l)
      return(rbind(f_row("lmm-kr", k, n, kr$ndf, kr$ddf, kr$stat),
                   f_row("lmm-satterthwaite", k, n, q, sat[["DenDF"]],
                         sat[["F value"]])))
    }
    l <- drop(l)
    est <- sum(l * b)
    rbind(t_row("lmm-kr", k, n, est, sqrt(drop(t(l) %*% ca %*% l)),
                Lb_ddf(l, c0, adjusted), 0.95),
          t_row("lmm-satterthwaite", k, n, est, sqrt(drop(t(l) %*% c0 %*% l)),
                contest1D(tested, l)$df, 0.95))
  }))
}

CARRYOVER <- expand.grid(model = names(MODELS),
                         stem = c("self_adjacent", "extra_period"),
                         stringsAsFactors = FALSE)

main_carryover <- function()
{
  make_carryover_data()
  tolerance <- c("lmm-kr" = REML_TOLERANCE,
                 "lmm-satterthwaite" = SATTERTHWAITE_TOLERANCE,
                 "ols-fixed" = "1e-9")
  rows <- do.call(rbind, lapply(seq_len(nrow(CARRYOVER)), function(i)
  {
    spec <- list(data = paste0("xo_", CARRYOVER$stem[i], "_synthetic.csv"),
                 reference = if (i <= length(MODELS)) "B" else "A")
    model <- CARRYOVER$model[i]
    d <- read_long(spec)
    raw <- read_text_csv(spec$data)
    cbind(case = paste(CARRYOVER$stem[i], model, sep = "-"), data = spec$data,
          options = paste0("--carryover-model ", model),
          endpoint = "response", measure = "-", group = "-",
          rbind(carryover_ols(d, raw, model), carryover_lmm(d, raw, model)))
  }))
  rows$tolerance <- tolerance[rows$method]
  versions <- sapply(c("lme4", "lmerTest", "pbkrtest"), function(p)
    paste(p, packageVersion(p)))
  write_oracle(rows, file.path(OUT_DIR, "carryover.tsv"),
               c(paste0("source: other program: ",
                        paste(c(r_version(), versions), collapse = ", ")),
                 "script: scripts/oracle/carryover.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross crossover DATA OPTIONS"), COLUMNS)
}

if (is_main())
  main_carryover()
