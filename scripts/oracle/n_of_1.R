# Expected rows of sets of n-of-1 trials: every patient has both treatments in
# each of several cycles.
#
#   Rscript scripts/oracle/n_of_1.R       from the top folder
#
# needs the R packages lme4, lmerTest, pbkrtest; writes
# tests/oracle/data/xo_nof1*_synthetic.csv and
# tests/oracle/n_of_1_{patients,fixed,random}.tsv.
#
#  - d: test minus reference within a cycle, of the cycles that have both
#  - patients: a t test of each patient's d
#  - fixed: the mean of the patients' means, with the variance within patients
#    pooled: lm(d ~ patient)
#  - random: d = mu + patient + error by REML, from whole matrices here (lme4
#    and pbkrtest stop early and are held against it); Kenward & Roger's df;
#    predictions mu + G Z' V^-1 (y - X mu) with their mean squared error for
#    known variances (Henderson, Biometrics 1975;31:423-447); F of
#    lm(d ~ patient) for the interaction

source("scripts/oracle/oracle_common.R")
suppressMessages({library(lme4); library(lmerTest); library(pbkrtest)})

FITTED <- 1e-6

write_set <- function(stem, d, note)
  write_synthetic(paste0("xo_", stem), d, note, "n_of_1.R")

draw_set <- function(seed, n, cycles, between, interaction, within, lost)
{
  set.seed(seed)
  d <- NULL
  for (i in seq_len(n))
    {
      level <- rnorm(1, 20, between)
      effect <- rnorm(1, -2, interaction)
      for (k in seq_len(cycles))
        {
          t <- sample(c("A", "B"))
          y <- level + ifelse(t == "A", effect, 0) + rnorm(2, 0, within)
          d <- rbind(d, data.frame(subject = sprintf("P%02d", i),
                                   period = 2 * k - 1:0, treatment = t,
                                   response = sprintf("%.1f", y)))
        }
    }
  d$response[sample(nrow(d), lost)] <- ""
  d
}

make_sets <- function()
{
  write_set("nof1", draw_set(19860401, 12, 3, 4, 1.5, 1, 0),
            "twelve patients, three cycles")
  write_set("nof1_missing", draw_set(20160101, 9, 4, 3, 2, 1.5, 9),
            "nine patients, four cycles, 9 values missing")
  write_set("nof1_alike", draw_set(7, 8, 3, 3, 0, 2, 0),
            "eight patients, three cycles, no interaction")
  write_set("nof1_one", draw_set(11, 1, 5, 3, 0, 1, 1),
            "one patient, five cycles, one value missing")
}

# The differences: patient, d, in exact decimals.
differences <- function(name)
{
  t <- read_text_csv(name)
  x <- decimals(t$response)
  t$y <- x$int
  t$cycle <- (as.integer(t$period) + 1) %/% 2
  a <- t[t$treatment == "A", ]
  b <- t[t$treatment == "B", ]
  m <- merge(a[c("subject", "cycle", "y")], b[c("subject", "cycle", "y")],
             by = c("subject", "cycle"))
  m <- m[!is.na(m$y.x) & !is.na(m$y.y), ]
  m <- m[order(m$subject, m$cycle), ]
  data.frame(patient = factor(m$subject), d = (m$y.x - m$y.y) / x$scale)
}

t_row <- function(method, term, n, est, se, df)
{
  if (is.na(se) || !(df > 0))
    return(result_row(method, term, n, est))
  q <- qt(0.975, df)
  result_row(method, term, n, est, se, NA, df, est / se,
             2 * pt(-abs(est / se), df), est - q * se, est + q * se)
}

patient_rows <- function(x)
  do.call(rbind, lapply(levels(x$patient), function(p)
    {
      d <- x$d[x$patient == p]
      k <- length(d)
      t_row("n-of-1-patients", paste0("treatment:", p), k, mean(d),
            if (k > 1) sd(d) / sqrt(k) else NA, k - 1)
    }))

fixed_rows <- function(x)
{
  k <- table(x$patient)
  n <- nlevels(x$patient)
  df <- nrow(x) - n
  means <- tapply(x$d, x$patient, mean)
  ss <- sum((x$d - means[x$patient])^2)
  se <- sqrt(ss / df / n^2 * sum(1 / k))
  if (n > 1)
    {
      contrasts <- list(patient = contr.sum)
      f <- summary(lm(d ~ patient, x, contrasts = contrasts))$coefficients
      stopifnot(near(f[1, 1], mean(means), 1e-10), near(f[1, 2], se, 1e-10))
    }
  t_row("n-of-1-fixed", "treatment", n, mean(means), se, df)
}

# Whole matrices: -2 log restricted likelihood of the variances g and s.
pieces <- function(x, g, s)
{
  z <- model.matrix(~ patient - 1, x)
  one <- matrix(1, nrow(x), 1)
  v <- g * tcrossprod(z) + s * diag(nrow(x))
  w <- solve(v)
  c <- 1 / sum(w)
  p <- w - w %*% one %*% (c * t(one)) %*% w
  list(z = z, v = v, w = w, c = c, p = p, mu = c * sum(w %*% x$d),
       deviance = c(determinant(v)$modulus) + log(sum(w))
                  + c(t(x$d) %*% p %*% x$d))
}

score <- function(x, g, s)
{
  k <- pieces(x, g, s)
  part <- function(m) sum(diag(k$p %*% m)) - c(t(x$d) %*% k$p %*% m %*% k$p %*% x$d)
  c(part(tcrossprod(k$z)), part(diag(nrow(x))))
}

reml <- function(x)
{
  n <- nrow(x)
  # s given the ratio has a closed form, so that one number is searched for
  s_of <- function(r)
  {
    k <- pieces(x, r, 1)
    c(t(x$d) %*% k$p %*% x$d) / (n - 1)
  }
  slope <- function(r) score(x, r * s_of(r), s_of(r))[1] * s_of(r)
  if (slope(0) >= 0)
    return(list(g = 0, s = s_of(0)))
  r <- uniroot(slope, c(0, 1e3), tol = 1e-14)$root
  list(g = r * s_of(r), s = s_of(r))
}

random_rows <- function(x)
{
  n <- nlevels(x$patient)
  row <- function(...) result_row("n-of-1-random", ...)
  v <- reml(x)
  k <- pieces(x, v$g, v$s)
  # Kenward & Roger 1997 for one contrast, expected information
  gs <- list(tcrossprod(k$z), diag(nrow(x)))
  one <- rep(1, nrow(x))
  info <- outer(1:2, 1:2, Vectorize(function(i, j)
    sum(diag(k$p %*% gs[[i]] %*% k$p %*% gs[[j]])) / 2))
  # expected information of REML as pbkrtest has it
  pm <- lapply(gs, function(m) -c(t(one) %*% k$w %*% m %*% k$w %*% one))
  qm <- function(i, j) c(t(one) %*% k$w %*% gs[[i]] %*% k$w %*% gs[[j]] %*% k$w
                         %*% one)
  tr <- function(i, j) sum(diag(k$w %*% gs[[i]] %*% k$w %*% gs[[j]]))
  ie2 <- outer(1:2, 1:2, Vectorize(function(i, j)
    tr(i, j) - 2 * k$c * qm(i, j) + k$c^2 * pm[[i]] * pm[[j]]))
  w <- 2 * solve(ie2)
  stopifnot(near(ie2, 2 * info, 1e-8))
  lambda <- 0
  for (i in 1:2) for (j in 1:2)
    lambda <- lambda + w[i, j] * (qm(i, j) - pm[[i]] * k$c * pm[[j]])
  adjusted <- k$c + 2 * k$c^2 * lambda
  a1 <- 0
  for (i in 1:2) for (j in 1:2)
    a1 <- a1 + w[i, j] * (k$c * pm[[i]]) * (k$c * pm[[j]])
  df <- 2 / a1
  out <- t_row("n-of-1-random", "treatment", n, k$mu, sqrt(adjusted), df)
  f <- suppressMessages(lmer(d ~ 1 + (1 | patient), x))
  if (v$g > 0)
    {
      kr <- summary(f, ddf = "Kenward-Roger")$coefficients
      stopifnot(near(kr[1, 2], sqrt(adjusted), 1e-4), near(kr[1, 3], df, 1e-3),
                near(kr[1, 1], k$mu, 1e-4))
    }
  b <- anova(lm(d ~ patient, x))
  out <- rbind(out,
    row("interaction", n, v$g, df_num = b$Df[1], df = b$Df[2],
        statistic = b$`F value`[1], p_value = b$`Pr(>F)`[1]),
    row("within", n, v$s))
  size <- c(table(x$patient))
  means <- tapply(x$d, x$patient, mean)
  # predictions mu + u of every patient
  u <- v$g * c(t(k$z) %*% k$p %*% x$d)
  # error of mu + u: C of Henderson's equations for known variances
  mse <- if (v$g > 0)
    {
      h <- rbind(cbind(nrow(x), t(colSums(k$z))),
                 cbind(colSums(k$z), crossprod(k$z) + diag(n) * v$s / v$g)) / v$s
      c <- solve(h)
      l <- cbind(1, diag(n))
      diag(l %*% c %*% t(l))
    } else rep(k$c, n)
  q <- qnorm(0.975)
  rbind(out, do.call(rbind, lapply(seq_len(n), function(i)
    row(paste0("predicted:", levels(x$patient)[i]), size[i], k$mu + u[i],
        sqrt(mse[i]), conf_low = k$mu + u[i] - q * sqrt(mse[i]),
        conf_high = k$mu + u[i] + q * sqrt(mse[i])))))
}

cased <- function(rows, stem, tolerance)
{
  rows$case <- stem
  rows$data <- paste0("xo_", stem, "_synthetic.csv")
  rows$options <- "-"
  rows$endpoint <- "response"
  rows$measure <- "-"
  rows$group <- "-"
  rows$tolerance <- tolerance
  rows
}

main_sets <- function()
{
  make_sets()
  all <- NULL
  for (stem in c("nof1", "nof1_missing", "nof1_alike", "nof1_one"))
    {
      x <- differences(paste0("xo_", stem, "_synthetic.csv"))
      all <- rbind(all, cased(rbind(patient_rows(x), fixed_rows(x)), stem,
                              TOLERANCE))
      if (nlevels(x$patient) > 1)
        all <- rbind(all, cased(random_rows(x), stem, FITTED))
    }
  for (m in unique(all$method))
    write_oracle(all[all$method == m, ],
                 file.path(OUT_DIR, paste0(gsub("-", "_", m), ".tsv")),
                 c(paste0("source: other program: ", r_version(),
                          "; held against lme4 ", packageVersion("lme4"),
                          " and pbkrtest ", packageVersion("pbkrtest")),
                   "script: scripts/oracle/n_of_1.R",
                   "data: tests/oracle/data/, all synthetic",
                   "command: recross crossover DATA OPTIONS"),
                 COLUMNS)
}

if (is_main())
  main_sets()
