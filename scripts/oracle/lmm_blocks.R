# Expected rows of the mixed models whose variances differ by treatment, and of
# Kenward-Roger by the observed information, written from the papers with whole
# n x n matrices; nlme (which has neither Satterthwaite nor Kenward-Roger) is
# the referee of the fits.
#
#   Rscript scripts/oracle/lmm_blocks.R       from the top folder
#
# writes tests/oracle/data/xo_hetero_synthetic.csv and xo_balaam_synthetic.csv,
# tests/oracle/{lmm_hetero,lmm_replicate,abe_model_c,lmm_blocks_deviance}.tsv.
#
# V is linear in its parameters s: V = sum s_k G_k.  With P = V^-1 - V^-1 X
# (X'V^-1 X)^-1 X'V^-1 the slope of the deviance is tr (P G_k) - y'P G_k P y;
# its root is found in L and d, G = L L', within = d^2, with fixed zeros where
# the likelihood is highest on the border.  Observed information: the jacobian
# of that slope (numDeriv).  Expected: tr (P G_k P G_l).  Satterthwaite: df = 2
# v^2 / (g'W g), g the numerical derivative of v = l'C l.  Kenward & Roger,
# Biometrics 1997;53:983-997, with Q_kl, P_k as printed there.

source("scripts/oracle/lmm.R")
suppressPackageStartupMessages({
  library(nlme)
  library(numDeriv)
})

BLOCK_TOLERANCE <- "1e-7,df=1e-6,p_value=1e-6,conf_low=1e-6,conf_high=1e-6"
COMPONENT_TOLERANCE <- "1e-6"
NLME_TOLERANCE <- 1e-4 # where its optimiser stops, of an estimate
BORDER <- 1e-5         # of the SD within: a parameter that is zero

# ---- data --------------------------------------------------------------------

# As simulate (), with a SD within for each treatment.
simulate_within <- function(seed, sequences, n, between, within, effect, lost)
{
  set.seed(seed)
  trt <- strsplit(rep(sequences, n), "")
  rows <- lapply(seq_along(trt), function(i)
    data.frame(subject = sprintf("S%02d", i),
               sequence = paste(trt[[i]], collapse = ""),
               period = seq_along(trt[[i]]), treatment = trt[[i]],
               response = 50 + rnorm(1, 0, between) + effect[trt[[i]]] +
                 seq_along(trt[[i]]) + rnorm(length(trt[[i]])) *
                   within[trt[[i]]]))
  d <- do.call(rbind, rows)
  d$response <- sprintf("%.1f", d$response)
  d$response[sample(nrow(d), lost)] <- "NA"
  d[sample(nrow(d)), ]
}

make_block_data <- function()
{
  save_csv(simulate_within(401, c("ABB", "BAA"), c(11, 10), 7,
                           c(A = 2, B = 6), c(A = 0, B = 3), 5), "xo_hetero",
           "two treatments, ABB and BAA, B varies more, 5 values missing")
  save_csv(simulate_within(402, c("AA", "BB", "AB", "BA"), c(6, 5, 7, 6), 5,
                           c(A = 3, B = 4), c(A = 2, B = 0), 3), "xo_balaam",
           "Balaam's design, 24 subjects, 3 values missing")
}

# ---- the likelihood ----------------------------------------------------------

# What a model is: x, y, and the list g of G_k, named.
model_of <- function(d, sequence, by_kind)
{
  x <- model.matrix(if (sequence) ~ sequence + period + treatment
                    else ~ period + treatment, d)
  kinds <- levels(d$treatment)
  same <- outer(d$subject, d$subject, "==") * 1
  ind <- sapply(kinds, function(k) (d$treatment == k) * 1)
  g <- list()
  if (by_kind)
    for (a in seq_along(kinds))
      for (b in seq_len(a))
      {
        o <- outer(ind[, a], ind[, b])
        g[[paste0("g", a, b)]] <- same * (if (a == b) o else o + t(o))
      }
  else
    g[["g11"]] <- same
  twice <- sapply(kinds, function(k)
    any(table(droplevels(d$subject[d$treatment == k])) > 1))
  for (a in seq_along(kinds))
    if (!by_kind || twice[a])
      g[[paste0("w", a)]] <- diag(ind[, a])
  list(x = x, y = d$y, g = g, kinds = kinds, by_kind = by_kind, twice = twice)
}

pieces <- function(m, s)
{
  v <- Reduce(`+`, Map(`*`, m$g, s))
  r <- tryCatch(chol(v), error = function(e) NULL)
  if (is.null(r))
    return(NULL)
  vi <- chol2inv(r)
  a <- t(m$x) %*% vi %*% m$x
  c <- solve(a)
  p <- vi - vi %*% m$x %*% c %*% t(m$x) %*% vi
  list(vi = vi, c = c, p = p, logv = 2 * sum(log(diag(r))),
       loga = as.numeric(determinant(a)$modulus),
       py = drop(p %*% m$y), beta = drop(c %*% t(m$x) %*% vi %*% m$y))
}

deviance_at <- function(m, s)
{
  k <- pieces(m, s)
  if (is.null(k))
    return(Inf)
  k$logv + k$loga + sum(m$y * k$py) +
    (nrow(m$x) - ncol(m$x)) * log(2 * pi)
}

slope_at <- function(m, s)
{
  k <- pieces(m, s)
  sapply(m$g, function(g) sum(k$p * g) - drop(k$py %*% g %*% k$py))
}

# From the parameters searched for to s: names "l<row><column>" and "w<kind>".
natural <- function(m, theta)
{
  dims <- if (m$by_kind) length(m$kinds) else 1
  l <- matrix(0, dims, dims)
  for (n in grep("^l", names(theta), value = TRUE))
    l[as.integer(substr(n, 2, 2)), as.integer(substr(n, 3, 3))] <- theta[[n]]
  gg <- l %*% t(l)
  sapply(names(m$g), function(n)
    if (startsWith(n, "g"))
      gg[as.integer(substr(n, 2, 2)), as.integer(substr(n, 3, 3))]
    else if (n %in% names(theta)) theta[[n]]^2 else 0)
}

# The minimum from one start; zeros on the border are left out.
minimum <- function(m, start)
{
  f <- function(t) deviance_at(m, natural(m, setNames(t, names(start))))
  slope <- function(t)
  {
    t <- setNames(t, names(start))
    drop(t(jacobian(function(u) natural(m, setNames(u, names(start))), t)) %*%
           slope_at(m, natural(m, t)))
  }
  o <- nlminb(start, f, slope, control = list(eval.max = 2000, iter.max = 1000,
                                              rel.tol = 1e-14))
  theta <- setNames(o$par, names(start))
  size <- sd(m$y)
  free <- theta[abs(theta) > BORDER * size]
  if (length(free) < length(theta)) # a column of L goes as a whole
    return(minimum(m, free))
  for (i in 1:30)
  {
    gr <- slope(theta)
    step <- solve(jacobian(slope, theta), gr)
    theta <- theta - step
    if (max(abs(step)) < 1e-12 * size)
      break
  }
  theta
}

fit_blocks <- function(m)
{
  dims <- if (m$by_kind) length(m$kinds) else 1
  size <- sd(m$y)
  best <- NULL
  for (rho in c(0.1, 0.5, 0.9))
    for (share in c(0.2, 0.5, 0.8))
    {
      gg <- size^2 * share * ((1 - rho) * diag(dims) + rho)
      l <- t(chol(gg))
      start <- c()
      for (a in seq_len(dims))
        for (b in seq_len(a))
          start[paste0("l", a, b)] <- l[a, b]
      for (w in grep("^w", names(m$g), value = TRUE))
        start[w] <- size * sqrt(1 - share)
      theta <- tryCatch(minimum(m, start), error = function(e) NULL)
      if (is.null(theta))
        next
      dev <- deviance_at(m, natural(m, theta))
      if (is.null(best) || dev < best$deviance)
        best <- list(theta = theta, deviance = dev)
    }
  s <- natural(m, best$theta)
  free <- names(best$theta)
  slope <- function(t)
  {
    t <- setNames(t, free)
    drop(t(jacobian(function(u) natural(m, setNames(u, free)), t)) %*%
           slope_at(m, natural(m, t)))
  }
  h <- jacobian(slope, best$theta)
  j <- jacobian(function(u) natural(m, setNames(u, free)), best$theta)
  k <- pieces(m, s)
  e <- sapply(m$g, function(a) sapply(m$g, function(b)
    sum((k$p %*% a) * t(k$p %*% b))))
  full <- length(free) ==
    dims * (dims + 1) / 2 + sum(startsWith(names(m$g), "w"))
  list(s = s, deviance = best$deviance, k = k, singular = !full,
       observed = 2 * j %*% solve((h + t(h)) / 2, t(j)),
       expected = 2 * solve(e))
}

# ---- tests -------------------------------------------------------------------

satterthwaite <- function(m, fit, l)
{
  one <- function(l)
  {
    v <- function(s) drop(t(l) %*% pieces(m, s)$c %*% l)
    gr <- grad(v, fit$s)
    2 * v(fit$s)^2 / drop(t(gr) %*% fit$observed %*% gr)
  }
  if (nrow(l) == 1)
    return(list(df = one(l[1, ]), se = sqrt(drop(l %*% fit$k$c %*% t(l)))))
  w <- l %*% fit$k$c %*% t(l)
  ev <- eigen(w)
  lt <- t(ev$vectors) %*% l
  df <- apply(lt, 1, one)
  b <- l %*% fit$k$beta
  e <- sum(df / (df - 2))
  list(df = if (max(df) - min(df) < 1e-6) mean(df)
            else 2 * e / (e - nrow(l)),
       f = drop(t(b) %*% solve(w, b)) / nrow(l))
}

kenward_roger <- function(m, fit, l, w)
{
  k <- fit$k
  vi <- k$vi
  c0 <- k$c
  n <- length(m$g)
  p <- lapply(m$g, function(g) -t(m$x) %*% vi %*% g %*% vi %*% m$x)
  adj <- matrix(0, ncol(m$x), ncol(m$x))
  for (i in 1:n)
    for (j in 1:n)
    {
      q <- t(m$x) %*% vi %*% m$g[[i]] %*% vi %*% m$g[[j]] %*% vi %*% m$x
      adj <- adj + w[i, j] * (q - p[[i]] %*% c0 %*% p[[j]])
    }
  ca <- c0 + 2 * c0 %*% adj %*% c0
  theta <- t(l) %*% solve(l %*% c0 %*% t(l)) %*% l
  a1 <- a2 <- 0
  for (i in 1:n)
    for (j in 1:n)
    {
      ti <- theta %*% c0 %*% p[[i]] %*% c0
      tj <- theta %*% c0 %*% p[[j]] %*% c0
      a1 <- a1 + w[i, j] * sum(diag(ti)) * sum(diag(tj))
      a2 <- a2 + w[i, j] * sum(ti * t(tj))
    }
  q <- nrow(l)
  if (q == 1)
    return(list(df = 2 / a2, se = sqrt(drop(l %*% ca %*% t(l)))))
  b <- (a1 + 6 * a2) / (2 * q)
  g <- ((q + 1) * a1 - (q + 4) * a2) / ((q + 2) * a2)
  cc <- c(g, q - g, q + 2 - g) / (3 * q + 2 * (1 - g))
  es <- 1 / (1 - a2 / q)
  vs <- 2 / q * (1 + cc[1] * b) / ((1 - cc[2] * b)^2 * (1 - cc[3] * b))
  rho <- vs / (2 * es^2)
  df <- 4 + (q + 2) / (q * rho - 1)
  lambda <- df / (es * (df - 2))
  v <- l %*% k$beta
  list(df = df, f = lambda * drop(t(v) %*% solve(l %*% ca %*% t(l), v)) / q)
}

# nlme's fit of the same model, or NULL where it does not converge.
referee <- function(d, sequence, by_kind)
{
  fixed <- if (sequence) y ~ sequence + period + treatment
           else y ~ period + treatment
  random <- if (by_kind) list(subject = pdSymm(~ treatment - 1))
            else ~ 1 | subject
  tryCatch(do.call(nlme::lme, list(fixed = fixed, random = random, data = d,
                                   weights = varIdent(form = ~ 1 | treatment),
                                   method = "REML",
                                   control = lmeControl(opt = "optim",
                                     maxIter = 500, msMaxIter = 500))),
           error = function(e) NULL, warning = function(w) NULL)
}

check_referee <- function(case, d, sequence, m, fit)
{
  r <- referee(d, sequence, m$by_kind)
  if (is.null(r))
  {
    message(case, ": nlme does not converge")
    return(NULL)
  }
  dev <- -2 * as.numeric(logLik(r))
  message(sprintf("%s: deviance %.9f, nlme %.9f%s", case, fit$deviance, dev,
                  if (fit$singular) ", on the border" else ""))
  stopifnot(fit$deviance <= dev + 1e-6)
  if (dev - fit$deviance < 1e-6)
  {
    se <- sqrt(diag(fit$k$c))
    stopifnot(max(abs(fixef(r) - fit$k$beta) / se) < NLME_TOLERANCE * 10,
              max(abs(sqrt(diag(vcov(r))) / se - 1)) < NLME_TOLERANCE * 10)
  }
  dev
}

# ---- rows --------------------------------------------------------------------

model_rows <- function(m, fit, d, methods, level)
{
  b <- fit$k$beta
  names(b) <- colnames(m$x)
  n <- nlevels(droplevels(d$subject))
  rank_xz <- qr(cbind(m$x, model.matrix(~ subject - 1, droplevels(d))))$rank
  run <- list(
    "lmm-satterthwaite" = function(l) satterthwaite(m, fit, l),
    "lmm-replicate" = function(l) satterthwaite(m, fit, l),
    "lmm-kr" = function(l) kenward_roger(m, fit, l, fit$expected),
    "lmm-kr-observed" = function(l) kenward_roger(m, fit, l, fit$observed))
  run[["lmm-replicate-kr"]] <- run[["lmm-kr"]]
  run[["lmm-replicate-kr-observed"]] <- run[["lmm-kr-observed"]]
  rows <- list()
  for (method in methods)
  {
    name <- sub("-observed", "", method)
    for (i in wanted(names(b)))
    {
      t <- run[[method]](diag(length(b))[i, , drop = FALSE])
      rows <- c(rows, list(t_row(name, term_of(names(b)[i], d, FALSE), n,
                                 b[[i]], t$se, t$df, level)))
    }
    tests <- several(names(b))
    for (k in names(tests))
    {
      t <- run[[method]](tests[[k]])
      rows <- c(rows, list(f_row(name, k, n, nrow(tests[[k]]), t$df, t$f)))
    }
  }
  do.call(rbind, rows)
}

component_rows <- function(m, fit, d, method)
{
  n <- nlevels(droplevels(d$subject))
  s <- fit$s
  kinds <- m$kinds
  add <- function(term, value) result_row(method, term, n, value)
  within <- function(a)
    if (m$by_kind && !m$twice[a]) NA else s[[paste0("w", a)]]
  if (!m$by_kind)
    return(do.call(rbind, c(list(add("between", s[["g11"]])),
      lapply(seq_along(kinds), function(a)
        add(paste0("within:", kinds[a]), within(a))))))
  rows <- list()
  for (a in seq_along(kinds))
  {
    own <- s[[paste0("g", a, a)]]
    w <- within(a)
    rows <- c(rows, list(
      add(paste0("between:", kinds[a]), if (is.na(w)) NA else own),
      add(paste0("within:", kinds[a]), w),
      add(paste0("total:", kinds[a]), own + if (is.na(w)) 0 else w)))
  }
  for (a in seq_along(kinds))
    for (b in seq_len(a - 1))
    {
      pair <- if (length(kinds) > 2) paste0(":", kinds[a], "-", kinds[b])
              else ""
      # with treatments relevelled the names of a pair are in their own order
      if (length(kinds) > 2 && kinds[a] < kinds[b])
        pair <- paste0(":", kinds[b], "-", kinds[a])
      cv <- s[[paste0("g", a, b)]]
      aa <- s[[paste0("g", a, a)]]
      bb <- s[[paste0("g", b, b)]]
      whole <- m$twice[a] && m$twice[b]
      rows <- c(rows, list(
        add(paste0("covariance", pair), cv),
        add(paste0("correlation", pair),
            if (whole) cv / sqrt(aa * bb) else NA),
        add(paste0("interaction", pair),
            if (whole) max(aa + bb - 2 * cv, 0) else NA)))
    }
  do.call(rbind, rows)
}

complete_rows <- function(rows, spec, options, tolerance)
{
  rows$case <- spec$case
  rows$data <- spec$data
  text <- paste(c(spec$options, options), collapse = " ")
  rows$options <- if (text == "") "-" else text
  rows$endpoint <- "response"
  rows$measure <- "-"
  rows$group <- "-"
  rows$tolerance <- tolerance
  rows
}

analyse_blocks <- function(spec)
{
  d <- read_long(spec)
  sequence <- is.null(spec$no_sequence)
  m <- model_of(d, sequence, spec$by_kind)
  fit <- fit_blocks(m)
  dev <- check_referee(spec$case, d, sequence, m, fit)
  nlme <- if (is.null(dev)) NULL else
    data.frame(case = spec$case, data = spec$data,
               sequence = if (sequence) "yes" else "no",
               reference = spec$reference, log = if (is.null(spec$log)) "no"
                                                else "yes",
               replicate = if (spec$by_kind) "yes" else "no", deviance = dev)
  if (spec$by_kind)
    rows <- rbind(
      complete_rows(model_rows(m, fit, d, "lmm-replicate", 0.95), spec, NULL,
                    BLOCK_TOLERANCE),
      complete_rows(component_rows(m, fit, d, "lmm-replicate"), spec, NULL,
                    COMPONENT_TOLERANCE))
  else
  {
    own <- "--within-variance by-treatment"
    rows <- rbind(
      complete_rows(model_rows(m, fit, d, c("lmm-kr", "lmm-satterthwaite"),
                               0.95), spec, own, BLOCK_TOLERANCE),
      complete_rows(component_rows(m, fit, d, "lmm-variance"), spec, own,
                    COMPONENT_TOLERANCE),
      complete_rows(model_rows(m, fit, d, "lmm-kr-observed", 0.95), spec,
                    paste(own, "--information observed"), BLOCK_TOLERANCE))
  }
  list(rows = rows, nlme = nlme)
}

# One variance within: Kenward-Roger by the observed information.
analyse_observed <- function(spec)
{
  d <- read_long(spec)
  m <- model_of(d, is.null(spec$no_sequence), FALSE)
  w <- grep("^w", names(m$g))
  m$g <- c(m$g[1], list(w1 = Reduce(`+`, m$g[w])))
  fit <- fit_blocks(m)
  complete_rows(model_rows(m, fit, d, "lmm-kr-observed", 0.95), spec,
                "--information observed", BLOCK_TOLERANCE)
}

# Ratio and interval in percent, from lmm-replicate's treatment row.
bioequivalence <- function(rows)
{
  t <- rows[rows$term == "treatment", ]
  q <- qt(0.95, t$df)
  out <- t
  out$method <- "abe-model-c"
  out$term <- "ratio"
  out$estimate <- 100 * exp(t$estimate)
  out$conf_low <- 100 * exp(t$estimate - q * t$std_error)
  out$conf_high <- 100 * exp(t$estimate + q * t$std_error)
  out$std_error <- out$statistic <- out$p_value <- NA
  parts <- rows[is.na(rows$df) & rows$term != "treatment", ]
  parts$method <- "abe-model-c"
  cv <- parts[startsWith(parts$term, "within:"), ]
  cv$term <- paste0("cv-", cv$term)
  cv$estimate <- 100 * sqrt(exp(cv$estimate) - 1)
  rbind(out, cv, parts)
}

# ---- the cases ---------------------------------------------------------------

HETERO <- list(
  list(case = "hetero", data = csv("hetero"), reference = "B"),
  list(case = "hetero-no-sequence", data = csv("hetero"), reference = "B",
       no_sequence = TRUE, options = "--no-sequence"),
  list(case = "unbalanced", data = csv("unbalanced"), reference = "B"),
  list(case = "missing", data = csv("missing"), reference = "B"),
  list(case = "missing-swapped", data = csv("missing"), reference = "A",
       options = "--test B"),
  list(case = "balaam", data = csv("balaam"), reference = "B"),
  list(case = "williams3", data = csv("williams3"), reference = "A"),
  list(case = "replicate", data = csv("replicate"), reference = "R",
       options = "--test T"),
  list(case = "full-log", data = csv("be_full"), reference = "R", log = TRUE,
       options = "--test T --log"),
  list(case = "partial-log", data = csv("be_partial"), reference = "R",
       log = TRUE, options = "--test T --log"))

REPLICATE <- list(
  list(case = "hetero", data = csv("hetero"), reference = "B"),
  list(case = "replicate", data = csv("replicate"), reference = "R",
       options = "--test T"),
  list(case = "replicate-no-sequence", data = csv("replicate"),
       reference = "R", no_sequence = TRUE,
       options = "--test T --no-sequence"),
  list(case = "balaam", data = csv("balaam"), reference = "B"),
  list(case = "missing", data = csv("missing"), reference = "B"),
  list(case = "unbalanced", data = csv("unbalanced"), reference = "B"),
  list(case = "williams3", data = csv("williams3"), reference = "A"),
  list(case = "full-log", data = csv("be_full"), reference = "R", log = TRUE,
       options = "--test T --log"),
  list(case = "partial-log", data = csv("be_partial"), reference = "R",
       log = TRUE, options = "--test T --log"),
  list(case = "trt-log", data = csv("be_trt"), reference = "R", log = TRUE,
       options = "--test T --log"),
  list(case = "two-log", data = csv("be_two"), reference = "R", log = TRUE,
       options = "--test T --log"))

OBSERVED <- list(
  list(case = "unbalanced-observed", data = csv("unbalanced"),
       reference = "B"),
  list(case = "missing-observed", data = csv("missing"), reference = "B"),
  list(case = "missing-no-sequence-observed", data = csv("missing"),
       reference = "B", no_sequence = TRUE, options = "--no-sequence"),
  list(case = "williams3-observed", data = csv("williams3"),
       reference = "A"),
  list(case = "replicate-observed", data = csv("replicate"), reference = "R",
       options = "--test T"),
  list(case = "balaam-observed", data = csv("balaam"), reference = "B"))

write_rows <- function(rows, name)
  write_oracle(rows, file.path(OUT_DIR, name),
               c(paste0("source: other program: ", r_version(),
                        ", whole matrices; fits checked with nlme ",
                        packageVersion("nlme")),
                 "script: scripts/oracle/lmm_blocks.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross crossover DATA OPTIONS"), COLUMNS)

main_blocks <- function()
{
  make_block_data()
  hetero <- lapply(HETERO, function(s) analyse_blocks(c(s, by_kind = FALSE)))
  replicate <- lapply(REPLICATE, function(s)
    analyse_blocks(c(s, by_kind = TRUE)))
  observed <- lapply(OBSERVED, analyse_observed)
  rows <- function(x) do.call(rbind, lapply(x, `[[`, "rows"))
  write_rows(rbind(rows(hetero), do.call(rbind, observed)), "lmm_hetero.tsv")
  write_rows(rows(replicate), "lmm_replicate.tsv")
  logs <- Filter(function(r) grepl("--log", r$rows$options[1]), replicate)
  write_rows(do.call(rbind, lapply(logs, function(r) bioequivalence(r$rows))),
             "abe_model_c.tsv")
  write_oracle(do.call(rbind, lapply(c(hetero, replicate), `[[`, "nlme")),
               file.path(OUT_DIR, "lmm_blocks_deviance.tsv"),
               c(paste("source: other program:", r_version(), "nlme",
                       packageVersion("nlme")),
                 "script: scripts/oracle/lmm_blocks.R",
                 "data: tests/oracle/data/, all synthetic"))
}

if (is_main())
  main_blocks()
