# Expected rows of `recross summary`: reconstruct, statcheck, grim, grimmer,
# debit, from the definitions.
#
#   Rscript scripts/oracle/forensic.R          from the top folder
#
# writes tests/oracle/data/summary_synthetic.csv and tests/oracle/forensic.tsv.
# The figures are made up, not of any paper.
#
# reconstruct: every printed figure, with its rounding, is one or two linear
# inequalities in (difference, SE).  All pairs of their lines are intersected;
# the points that fulfil all inequalities are the corners of what is possible.
# grim: every whole number near the mean is tried.  grimmer: every sum of
# squares near the SD, of the parity of the sum.  statcheck: pt, pf, pchisq,
# pnorm at the ends of the rounded statistic.

source("scripts/oracle/oracle_common.R")

# ---- the figures: one line per printed result
text <- "
endpoint,design,scale,n,n1,n2,items,count,df,df1,df2,difference,se,sd_diff,ci_low,ci_high,t,p,dz,mean,sd,mean1,sd1,mean2,sd2,percent,f,chi2,q,z,r
d-and-p,paired,,42,,,,,,,,4.7,,,,,,0.031,,,,,,,,,,,,,
two-sequences,crossover,,,11,14,,,,,,-2.36,,,,,,.008,,,,,,,,,,,,,
interval,paired,,19,,,,,,,,1.25,,,0.31,2.19,,,,,,,,,,,,,,,
interval-and-p,paired,,19,,,,,,,,1.25,,,0.31,2.19,,0.012,,,,,,,,,,,,,
se-and-t,paired,,30,,,,,,,,,0.84,,,,-2.6,,,,,,,,,,,,,,
sd-only,paired,,16,,,,,,,,3.1,,5.2,,,,,,,,,,,,,,,,,
bound,paired,,25,,,,,,,,-8,,,,,,<0.001,,,,,,,,,,,,,
two-arms,parallel,,,21,18,,,,,,,,,,,,,,,,12.4,3.1,10.2,2.8,,,,,,
normal,paired,,,,,,,,,,-73.3,,,-120.2,-26.4,,,,,,,,,,,,,,,
of-t,,,,,,,,17,,,,,,,,2.31,.03,,,,,,,,,,,,,
of-f,,,,,,,,,3,44,,,,,,,.051,,,,,,,,,2.79,,,,
of-chi2,,,,,,,,4,,,,,,,,,<.05,,,,,,,,,,9.1,,,
of-q,,,,,,,,12,,,,,,,,,.44,,,,,,,,,,,12.08,,
of-z,,,,,,,,,,,,,,,,,>.05,,,,,,,,,,,,-1.99,
of-r,,,,,,,,38,,,,,,,,,.012,,,,,,,,,,,,,-.39
share,,,37,,,,21,,,,,,,,,,,,,,,,,,56.8,,,,,
no-share,,,23,,,,,,,,,,,,,,,,,,,,,,57,,,,,
mean-1,,integer,27,,,,,,,,,,,,,,,,3.44,1.25,,,,,,,,,,
mean-2,,integer,27,,,,,,,,,,,,,,,,3.46,1.25,,,,,,,,,,
mean-items,,,24,,,4,,,,,,,,,,,,,2.64,0.71,,,,,,,,,,
zeros-ones,,binary,150,,,,,,,,,,,,,,,,0.31,0.46,,,,,,,,,,
zeros-ones-2,,binary,150,,,,,,,,,,,,,,,,0.31,0.41,,,,,,,,,,
"
file <- file.path(DATA_DIR, "summary_synthetic.csv")
lines <- strsplit(sub("^\n", "", sub("\n$", "", text)), "\n")[[1]]
writeLines(c("# synthetic: made up to test, not of any paper", lines), file)
data <- read.csv(text = lines, colClasses = "character")

value <- function(x) as.numeric(sub("^[<>]", "", x))
half <- function(x)
{
  digits <- if (grepl(".", x, fixed = TRUE)) nchar(sub(".*\\.", "", x)) else 0
  0.5 * 10^-digits
}
ends <- function(x)
  if (startsWith(x, "<")) c(-Inf, value(x)) else
  if (startsWith(x, ">")) c(value(x), Inf) else value(x) + c(-1, 1) * half(x)

# ---- reconstruct
corners <- function(A) # rows a, c, e: a d + c s >= e
{
  out <- NULL
  for (i in seq_len(nrow(A) - 1))
    for (j in (i + 1):nrow(A))
      {
        M <- rbind(A[i, 1:2], A[j, 1:2])
        if (abs(det(M)) < 1e-12) next
        x <- solve(M, c(A[i, 3], A[j, 3]))
        size <- abs(A[, 1] * x[1]) + abs(A[, 2] * x[2]) + abs(A[, 3])
        if (all(A[, 1] * x[1] + A[, 2] * x[2] - A[, 3] >= -1e-11 * size))
          out <- rbind(out, x)
      }
  out
}

reconstruct <- function(r)
{
  n1 <- as.numeric(r$n1); n2 <- as.numeric(r$n2)
  n <- if (r$n != "") as.numeric(r$n) else n1 + n2
  df <- switch(r$design, paired = n - 1, n - 2)
  if (is.na(df)) df <- Inf
  scale <- switch(r$design, paired = 1 / sqrt(n),
                  crossover = sqrt(1 / n1 + 1 / n2) / 2,
                  parallel = sqrt(1 / n1 + 1 / n2))
  q <- qt(0.975, df)
  A <- rbind(c(0, 1, 0))
  strip <- function(a, c, b)
  {
    if (is.finite(b[1])) A <<- rbind(A, c(a, c, b[1]))
    if (is.finite(b[2])) A <<- rbind(A, c(-a, -c, -b[2]))
  }
  cone <- function(b) # b[1] s <= d <= b[2] s
  {
    if (is.finite(b[1])) A <<- rbind(A, c(1, -b[1], 0))
    if (is.finite(b[2])) A <<- rbind(A, c(-1, b[2], 0))
  }
  has <- function(x) x != ""
  d <- value(r$difference); s <- NA; box <- c(NA, NA)
  if (r$design == "parallel")
    {
      d <- value(r$mean1) - value(r$mean2)
      box <- c(ends(r$mean1)[1] - ends(r$mean2)[2],
               ends(r$mean1)[2] - ends(r$mean2)[1])
      pool <- function(a, b)
        sqrt(((n1 - 1) * a^2 + (n2 - 1) * b^2) / (n1 + n2 - 2))
      s <- pool(value(r$sd1), value(r$sd2)) * scale
      strip(0, 1 / scale, c(pool(ends(r$sd1)[1], ends(r$sd2)[1]),
                            pool(ends(r$sd1)[2], ends(r$sd2)[2])))
    }
  else if (has(r$difference)) box <- ends(r$difference)
  if (!is.na(box[1])) strip(1, 0, box)
  turn <- if (isTRUE(d < 0)) -1 else 1
  if (has(r$se)) { s <- value(r$se); strip(0, 1, ends(r$se)) }
  if (has(r$sd_diff))
    { s <- value(r$sd_diff) * scale; strip(0, 1 / scale, ends(r$sd_diff)) }
  if (has(r$ci_low))
    {
      s <- (value(r$ci_high) - value(r$ci_low)) / (2 * q)
      strip(1, -q, ends(r$ci_low)); strip(1, q, ends(r$ci_high))
    }
  if (has(r$t)) { if (is.na(d)) d <- value(r$t) * s; cone(ends(r$t)) }
  if (has(r$p))
    {
      p <- pmax(ends(r$p), 0)
      if (is.na(s) && !startsWith(r$p, "<"))
        s <- abs(d) / qt(value(r$p) / 2, df, lower.tail = FALSE)
      b <- qt(rev(p) / 2, df, lower.tail = FALSE)
      cone(if (turn < 0) -rev(b) else b)
    }
  K <- corners(A)
  t <- K[, 1] / K[, 2]
  t <- t[!is.nan(t)]
  p_of <- function(t) 2 * pt(abs(t), df, lower.tail = FALSE)
  show_df <- if (is.finite(df)) df else NA
  one <- function(term, estimate, range)
    result_row("reconstruct", term, n, estimate = estimate, df = show_df,
               conf_low = min(range), conf_high = max(range))
  known <- !is.na(s)
  full <- result_row("reconstruct", "difference", n, estimate = d,
                     std_error = s, df = show_df, statistic = d / s,
                     p_value = p_of(d / s), conf_low = d - q * s,
                     conf_high = d + q * s)
  out <- list(full, one("se", s, K[, 2]), one("t", d / s, t))
  # what is printed is not repeated here: its row has what the others allow
  if (!has(r$p)) out <- c(out, list(one("p", p_of(d / s), p_of(t))))
  if (!has(r$ci_low))
    out <- c(out, list(one("ci-low", d - q * s, K[, 1] - q * K[, 2]),
                       one("ci-high", d + q * s, K[, 1] + q * K[, 2])))
  if (is.finite(scale) && !has(r$sd_diff))
    out <- c(out, list(
      one(if (r$design == "parallel") "sd-pooled" else "sd-diff", s / scale,
          K[, 2] / scale),
      one(if (r$design == "parallel") "d" else "dz", d / s * scale,
          t * scale)))
  out <- do.call(rbind, out)
  drop <- c(if (has(r$se)) "se", if (has(r$t)) "t")
  out[!out$term %in% drop, ]
}

# ---- the other checks
statcheck <- function(r)
{
  term <- Filter(function(x) r[[x]] != "", c("t", "f", "chi2", "q", "z", "r"))
  x <- value(r[[term]]); range <- ends(r[[term]])
  df <- as.numeric(r$df)
  f <- switch(term,
    t = function(x) 2 * pt(abs(x), df, lower.tail = FALSE),
    f = function(x) pf(x, as.numeric(r$df1), as.numeric(r$df2),
                       lower.tail = FALSE),
    z = function(x) 2 * pnorm(abs(x), lower.tail = FALSE),
    r = function(x) 2 * pt(abs(x) * sqrt(df / (1 - x^2)), df,
                           lower.tail = FALSE),
    function(x) pchisq(x, df, lower.tail = FALSE))
  chi <- term %in% c("chi2", "q")
  result_row("statcheck", term, NA, estimate = f(x), statistic = x,
             df_num = if (chi) df else if (term == "f") as.numeric(r$df1) else NA,
             df = if (chi || term == "z") NA else
                  if (term == "f") as.numeric(r$df2) else df,
             p_value = f(x), conf_low = min(f(range)), conf_high = max(f(range)))
}

whole <- function(r)
{
  n <- as.numeric(r$n); items <- if (r$items == "") 1 else as.numeric(r$items)
  percent <- r$percent != ""
  x <- value(if (percent) r$percent else r$mean) / (if (percent) 100 else 1)
  N <- n * items
  K <- 0:(100 * N)
  k <- K[abs(K / N - x) <= min(abs(K / N - x)) + 1e-12]
  k <- max(k) # of two that are as near the larger
  box <- ends(if (percent) r$percent else r$mean)
  out <- result_row("grim", if (percent) "percent" else "mean", n,
                    estimate = k / (n * items) * (if (percent) 100 else 1),
                    conf_low = box[1], conf_high = box[2])
  if (r$count != "")
    out <- rbind(out, result_row("grim", "count", n,
                                 estimate = 100 * as.numeric(r$count) / n,
                                 conf_low = box[1], conf_high = box[2]))
  if (r$sd == "") return(out)
  possible <- K[abs(K / N - x) <= half(r$mean) + 1e-12]
  box <- ends(r$sd)
  sds <- unlist(lapply(possible, function(k)
  {
    Q <- seq(k %% 2, 100 * n * items^2, by = 2)
    Q <- Q[Q >= k^2 / n]
    sqrt((Q - k^2 / n) / (n - 1)) / items
  }))
  out <- rbind(out, result_row("grimmer", "sd", n,
    estimate = if (length(possible) > 0) sds[which.min(abs(sds - value(r$sd)))] else NA,
    conf_low = box[1], conf_high = box[2]))
  if (r$scale == "binary")
    {
      sd_of <- function(m) sqrt(n / (n - 1) * m * (1 - m))
      range <- sd_of(ends(r$mean))
      out <- rbind(out, result_row("debit", "sd", n, estimate = sd_of(x),
                                   conf_low = min(range), conf_high = max(range)))
    }
  out
}

rows <- NULL
for (i in seq_len(nrow(data)))
  {
    r <- as.list(data[i, ])
    f <- if (startsWith(r$endpoint, "of-")) statcheck else
         if (r$percent != "" || r$mean != "") whole else reconstruct
    found <- f(r)
    rows <- rbind(rows, cbind(case = "printed", data = basename(file),
                              options = "-", endpoint = r$endpoint,
                              measure = "-", group = "-", found,
                              tolerance = TOLERANCE))
  }
for (name in c("n", "estimate", "std_error", "df_num", "df", "statistic",
               "p_value", "conf_low", "conf_high"))
  rows[[name]] <- ifelse(is.infinite(rows[[name]]),
                         ifelse(rows[[name]] > 0, "Inf", "-Inf"),
                         number(rows[[name]]))
out <- file.path(OUT_DIR, "forensic.tsv")
writeLines(c(paste0("# source: other program: ", r_version(), ", base packages"),
             "# script: scripts/oracle/forensic.R",
             "# data: tests/oracle/data/, all synthetic",
             "# command: recross summary DATA OPTIONS",
             paste(COLUMNS, collapse = "\t"),
             do.call(paste, c(rows[COLUMNS], sep = "\t"))), out)
