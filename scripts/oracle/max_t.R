# Expected adjusted p-values of --adjust max-t.
#
#   Rscript scripts/oracle/max_t.R       from the top folder
#
# writes tests/oracle/data/xo_family_synthetic.csv and tests/oracle/max_t.tsv.
# Westfall & Young 1993, step-down, on |t|, by listing: all 2^n flips of
# signs (paired-t), all ways to hand out the labels (hills-armitage, -welch),
# each t from mean and var of the values that are there, 0 where there is none.
# Written test by test and way by way, not as in C.  Where the ways are too many
# 50,000 random ones: the tolerance of those rows is five standard errors of
# both programs together or more.

source("scripts/oracle/drop_outs.R")

FAMILY_FILE <- "xo_family_synthetic.csv"

make_family <- function()
{
  set.seed(411)
  n <- 12
  seq <- rep(c("AB", "BA"), c(7, 5))
  u <- rnorm(n)
  y <- lapply(1:4, function(k)
    sapply(1:2, function(p)
      round(10 * k + 2 * u + c(1.9, 0.2, 1.4, -1)[k] * (substr(seq, p, p) == "A") +
              rnorm(n), 1)))
  long <- do.call(rbind, lapply(1:2, function(p)
    data.frame(subject = sprintf("F%02d", seq_len(n)), sequence = seq,
               period = p, treatment = substr(seq, p, p),
               e1 = y[[1]][, p], e2 = y[[2]][, p], e3 = y[[3]][, p],
               e4 = y[[4]][, p])))
  long$e2[long$subject == "F03" & long$period == 2] <- NA
  long$e4[long$subject %in% c("F09", "F10") & long$period == 1] <- NA
  for (k in 1:4) # F12 lacks all
    long[[paste0("e", k)]][long$subject == "F12" & long$period == 2] <- NA
  con <- file(file.path(DATA_DIR, FAMILY_FILE), "wb")
  on.exit(close(con))
  for (k in 5:8)
    long[[k]] <- ifelse(is.na(long[[k]]), "NA", sprintf("%.1f", long[[k]]))
  writeLines(c(paste("# synthetic: 12 subjects, four endpoints, some missing",
                     "(scripts/oracle/max_t.R); not patients"),
               paste(names(long), collapse = ","),
               do.call(paste, c(unname(long), sep = ","))), con)
}

one_t <- function(x)
{
  x <- x[!is.na(x)]
  if (length(x) < 2) 0 else abs(mean(x)) / sqrt(var(x) / length(x))
}

two_t <- function(x, plus, welch)
{
  a <- x[plus & !is.na(x)]
  b <- x[!plus & !is.na(x)]
  if (length(a) == 0 || length(b) == 0 || welch && min(length(a), length(b)) < 2)
    return(0)
  ss <- function(v) if (length(v) < 2) 0 else var(v) * (length(v) - 1)
  v <- if (welch) var(a) / length(a) + var(b) / length(b) else
    (ss(a) + ss(b)) / (length(a) + length(b) - 2) *
      (1 / length(a) + 1 / length(b))
  abs(mean(a) - mean(b)) / sqrt(v)
}

# tmat: ways x tests; t: observed
westfall_young <- function(t, tmat, exact)
{
  o <- order(-t)
  raw <- sapply(seq_along(o), function(j)
    {
      m <- do.call(pmax, lapply(o[j:length(o)], function(k) tmat[, k]))
      as_large <- sum(m >= t[o[j]] * (1 - 1e-10))
      if (exact) as_large / nrow(tmat) else (1 + as_large) / (1 + nrow(tmat))
    })
  p <- numeric(length(t))
  p[o] <- cummax(raw)
  p
}

joint <- function(method, columns, data, random = 0)
{
  ws <- lapply(columns, wide_of, data = data)
  a <- ws[[1]]$sequence == "AB"
  d <- sapply(ws, function(w) round(w$y1 - w$y2, 8))
  if (method == "paired-t")
    d <- d * ifelse(a, 1, -1)
  keep <- rowSums(!is.na(d)) > 0
  d <- d[keep, , drop = FALSE]
  a <- a[keep]
  n <- nrow(d)
  welch <- method == "hills-armitage-welch"
  of <- function(way) sapply(seq_along(columns), function(k)
    if (method == "paired-t") one_t(d[, k] * way) else two_t(d[, k], way, welch))
  observed <- of(if (method == "paired-t") rep(1, n) else a)
  if (random > 0)
    {
      set.seed(5)
      ways <- lapply(seq_len(random), function(i)
        if (method == "paired-t") sample(c(-1, 1), n, TRUE) else sample(a))
    }
  else if (method == "paired-t")
    ways <- lapply(seq_len(2^n) - 1, function(m)
      ifelse(bitwAnd(m, 2^(seq_len(n) - 1)) > 0, 1, -1))
  else
    ways <- combn(n, sum(a), function(k) seq_len(n) %in% k, simplify = FALSE)
  p <- westfall_young(observed, t(sapply(ways, of)), random == 0)
  rows <- do.call(rbind, lapply(seq_along(columns), function(k)
    result_row(method, "treatment", sum(!is.na(d[, k])))))
  rows$p_adjusted <- p
  rows$endpoint <- columns
  rows$case <- paste0(if (random > 0) "random-" else "exact-", method)
  rows$data <- data
  rows$options <- paste("--response", paste(columns, collapse = ","),
                        "--adjust max-t")
  rows$measure <- "-"
  rows$group <- "-"
  se <- sqrt((1 - p) / p) * sqrt(1 / 99999 + 1 / max(random, 1))
  rows$tolerance <- if (random > 0)
    sprintf("1e-9,p_adjusted=%.2g", pmax(5 * se, 1e-3)) else "1e-9"
  rows
}

if (is_main())
{
  make_family()
  four <- paste0("e", 1:4)
  three <- c("pef", "fev1", "symptoms")
  end <- "xo_endpoints_synthetic.csv"
  rows <- rbind(joint("paired-t", four, FAMILY_FILE),
                joint("hills-armitage", four, FAMILY_FILE),
                joint("hills-armitage-welch", four, FAMILY_FILE),
                joint("paired-t", three, end, 50000),
                joint("hills-armitage", three, end, 50000))
  # what the listing does not say is no claim of these rows
  rows <- rows[c("case", "data", "options", "endpoint", "measure", "group",
                 "method", "term", "n", "p_adjusted", "tolerance")]
  write_oracle(rows, file.path(OUT_DIR, "max_t.tsv"), head_of("max_t.R"))
}
