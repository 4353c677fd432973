# Expected rows of the method permutation, from its definition.
#
#   Rscript scripts/oracle/permutation.R       from the top folder
#
# writes tests/oracle/permutation.tsv.  For the contrasts of crossover.R the
# labels of the sequences are exchanged in all ways; p is the share of those
# whose difference of means is at least as far from zero as the observed one,
# counted in integers: by a table of the sums of all subsets, and where there
# are few ways by listing them too.  Cases whose table R cannot hold are left
# out.  estimate: as hills-armitage.

source("scripts/oracle/crossover.R")

WIDTH_MOST <- 2e5 # sums of a table

permutation_row <- function(term, x, y, scale)
{
  m <- length(x)
  n <- m + length(y)
  if (m == 0 || m == n)
    return(result_row("permutation", term, n))
  est <- (length(y) * sum(x) - m * sum(y)) / (m * length(y) * scale)
  all <- c(x, y)
  least <- min(all)
  unit <- Reduce(function(a, b) if (b == 0) a else Recall(b, a %% b),
                 all - least)
  s <- if (unit > 0) (all - least) / unit else all * 0
  if (sum(s) > WIDTH_MOST)
    return(NULL)
  counts <- if (sum(s) == 0) choose(n, m) else subset_sums(s, m)
  sums <- seq_along(counts) - 1
  far <- abs(n * sums - m * sum(s)) >= abs(n * sum(s[seq_len(m)]) - m * sum(s))
  p <- sum(counts[far]) / sum(counts)
  if (choose(n, m) <= 20000)
    {
      listed <- combn(n, m, function(k) mean(all[k]) - mean(all[-k]))
      stopifnot(near(p, mean(abs(listed) >= abs(est * scale) - 1e-9), 1e-12))
    }
  result_row("permutation", term, n, est, p_value = p)
}

permutation_case <- function(spec)
{
  x <- read_crossover(spec)
  k <- completers(x, spec$test, spec$reference)
  tf <- k$tf
  d <- k$y1 - k$y2
  s <- k$y1 + k$y2
  rows <- list(permutation_row("treatment", d[tf], d[!tf], 2 * k$scale),
               permutation_row("period", -d[tf], d[!tf], 2 * k$scale),
               permutation_row("carryover", s[tf], s[!tf], k$scale))
  rows <- do.call(rbind, rows)
  if (is.null(rows))
    return(NULL)
  rows$case <- spec$case
  rows$data <- spec$data
  rows$options <- if (is.null(spec$options)) "-" else spec$options
  rows$endpoint <- if (is.null(spec$response)) "response" else spec$response
  rows$measure <- "-"
  rows$group <- "-"
  rows$tolerance <- TOLERANCE
  rows
}

if (is_main())
{
  rows <- do.call(rbind, lapply(CASES, permutation_case))
  write_oracle(rows, file.path(OUT_DIR, "permutation.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", base packages"),
                 "script: scripts/oracle/permutation.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross crossover DATA OPTIONS"),
               COLUMNS)
}
