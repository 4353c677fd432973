# Expected rows of cluster-randomised crossover trials: wards that change from
# one treatment to the other, with other persons in either period.
#
#   Rscript scripts/oracle/cluster.R       from the top folder
#
# needs the R package lme4; writes tests/oracle/data/xo_cluster*_synthetic.csv
# and tests/oracle/cluster_{means,icc}.tsv, hills_armitage_weighted.tsv.
#
#  - the response of a cluster in a period is the mean of its persons; tests of
#    such means are t.test
#  - weighted: lm(d ~ sequence, weights = m1 m2 / (m1 + m2))
#  - icc: moments of the means and of the persons about them; where all cells
#    are alike they are the REML estimates of lme4, which is asked

source("scripts/oracle/oracle_common.R")
suppressMessages(library(lme4))

write_clusters <- function(stem, d, note)
  write_synthetic(paste0("xo_", stem), d, note, "cluster.R")

draw_clusters <- function(seed, n, size, between, period, within, binary)
{
  set.seed(seed)
  d <- NULL
  person <- 0
  for (i in seq_len(n))
    {
      level <- rnorm(1, 20, between)
      labels <- if (i %% 2 == 1) c("A", "B") else c("B", "A")
      for (p in 1:2)
        {
          m <- if (length(size) == 1) size else sample(size, 1)
          y <- level + rnorm(1, 0, period) + (labels[p] == "A") * -1 + p
          y <- y + rnorm(m, 0, within)
          d <- rbind(d, data.frame(
            ward = sprintf("W%02d", i), person = person + seq_len(m),
            period = p, treatment = labels[p],
            response = if (binary) as.character(as.integer(y > 21))
                       else sprintf("%.1f", y)))
          person <- person + m
        }
    }
  d[sample(nrow(d)), ]
}

make_clusters <- function()
{
  write_clusters("cluster", draw_clusters(2007, 13, 4:15, 2, 1, 3, FALSE),
                 "13 wards of 4 to 15 persons a period")
  d <- draw_clusters(2008, 10, 6:20, 1, 0.5, 2, TRUE)
  d$response[sample(nrow(d), 12)] <- ""
  write_clusters("cluster_binary", d, "10 wards, yes or no, 12 values missing")
  write_clusters("cluster_even", draw_clusters(17, 12, 8, 3, 1.5, 2, FALSE),
                 "12 wards of 8 persons a period")
}

cells_of <- function(name)
{
  t <- read_text_csv(name)
  x <- decimals(t$response)
  t$y <- x$int
  t <- t[!is.na(t$y), ]
  k <- paste(t$ward, t$period)
  mean_of <- tapply(t$y, k, sum) / tapply(t$y, k, length) / x$scale
  m <- tapply(t$y, k, length)
  ss <- tapply(t$y / x$scale, k, function(v) sum((v - mean(v))^2))
  wards <- sort(unique(t$ward), method = "radix")
  first <- t[t$period == "1", ]
  first <- first$treatment[match(wards, first$ward)]
  at <- function(v, p) unname(v[paste(wards, p)])
  list(ward = wards, test_first = first == "A",
       y = cbind(at(mean_of, 1), at(mean_of, 2)),
       m = cbind(at(m, 1), at(m, 2)), ss = sum(ss), persons = sum(m),
       raw = data.frame(t[c("ward", "period", "treatment")], y = t$y / x$scale))
}

test_row <- function(method, term, n, est, se, df)
{
  q <- qt(0.975, df)
  result_row(method, term, n, est, se, NA, df, est / se,
             2 * pt(-abs(est / se), df), est - q * se, est + q * se)
}

mean_rows <- function(c)
{
  n <- length(c$ward)
  a <- c$test_first
  d <- c$y[, 1] - c$y[, 2]
  z <- ifelse(a, -d, d)
  s <- c$y[, 1] + c$y[, 2]
  two <- function(term, x, factor)
    {
      f <- t.test(x[a], x[!a], var.equal = TRUE)
      test_row("hills-armitage", term, n,
               factor * (mean(x[a]) - mean(x[!a])), factor * f$stderr, n - 2)
    }
  p <- t.test(ifelse(a, d, -d))
  rbind(test_row("paired-t", "treatment", n, unname(p$estimate), p$stderr,
                 n - 1),
        two("treatment", d, 1 / 2), two("period", z, 1 / 2),
        two("carryover", s, 1))
}

weighted_rows <- function(c)
{
  n <- length(c$ward)
  a <- c$test_first
  w <- c$m[, 1] * c$m[, 2] / (c$m[, 1] + c$m[, 2])
  one <- function(term, x)
    {
      f <- summary(lm(x ~ a, weights = w))$coefficients
      test_row("hills-armitage-weighted", term, n, f[2, 1] / 2, f[2, 2] / 2,
               n - 2)
    }
  d <- c$y[, 1] - c$y[, 2]
  rbind(one("treatment", d), one("period", ifelse(a, -d, d)))
}

icc_rows <- function(c)
{
  n <- length(c$ward)
  a <- c$test_first
  within <- c$ss / (c$persons - 2 * n)
  pooled <- function(x)
    (sum((x[a] - mean(x[a]))^2) + sum((x[!a] - mean(x[!a]))^2)) / (n - 2)
  d <- pooled(c$y[, 1] - c$y[, 2])
  s <- pooled(c$y[, 1] + c$y[, 2])
  h <- mean(1 / c$m[, 1] + 1 / c$m[, 2])
  period <- (d - within * h) / 2
  cluster <- (s - d) / 4
  if (length(unique(c(c$m))) == 1 && period > 0 && cluster > 0)
    {
      x <- c$raw
      x$sequence <- x$ward %in% c$ward[a]
      f <- lmer(y ~ period + treatment + sequence + (1 | ward)
                + (1 | ward:period), x)
      v <- as.data.frame(VarCorr(f))
      v <- setNames(v$vcov, v$grp)
      stopifnot(near(v[["ward"]], cluster, 1e-4),
                near(v[["ward:period"]], period, 1e-4),
                near(v[["Residual"]], within, 1e-4))
    }
  total <- cluster + period + within
  row <- function(term, x) result_row("cluster-icc", term, n, x)
  rbind(row("cluster", cluster), row("cluster-period", period),
        row("within", within),
        row("icc-within-period", (cluster + period) / total),
        row("icc-between-periods", cluster / total))
}

main_clusters <- function()
{
  make_clusters()
  all <- NULL
  for (stem in c("cluster", "cluster_binary", "cluster_even"))
    {
      name <- paste0("xo_", stem, "_synthetic.csv")
      c <- cells_of(name)
      rows <- rbind(mean_rows(c), weighted_rows(c), icc_rows(c))
      rows$case <- stem
      rows$data <- name
      rows$options <- "--cluster ward --subject person"
      rows$endpoint <- "response"
      rows$measure <- "-"
      rows$group <- "-"
      rows$tolerance <- TOLERANCE
      all <- rbind(all, rows)
    }
  files <- c("paired-t" = "cluster_means", "hills-armitage" = "cluster_means",
             "hills-armitage-weighted" = "hills_armitage_weighted",
             "cluster-icc" = "cluster_icc")
  for (f in unique(files))
    write_oracle(all[files[all$method] == f, ],
                 file.path(OUT_DIR, paste0(f, ".tsv")),
                 c(paste0("source: other program: ", r_version(),
                          "; lme4 ", packageVersion("lme4"),
                          " agrees where all cells are alike"),
                   "script: scripts/oracle/cluster.R",
                   "data: tests/oracle/data/, all synthetic",
                   "command: recross crossover DATA OPTIONS"),
                 COLUMNS)
}

if (is_main())
  main_clusters()
