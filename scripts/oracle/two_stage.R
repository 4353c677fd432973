# Expected rows of two-stage, and how often it finds an effect where there is
# none.
#
#   Rscript scripts/oracle/two_stage.R       from the top folder
#
# writes tests/oracle/two_stage.tsv and tests/oracle/two_stage_size.tsv: a
# million trials of 20 subjects a sequence, normal with correlation 0.5 within
# subject, without any effect; carryover tested at 0.10, then period 1 alone or
# both periods at 0.05.

source("scripts/oracle/drop_outs.R")

CARRY <- 0.10

two_stage <- function(column, data)
{
  w <- wide_of(column, data)
  a <- w$sequence == "AB"
  full <- !is.na(w$y1) & !is.na(w$y2)
  t <- function(x, k, ...) t.test(x[k & a], x[k & !a], var.equal = TRUE, ...)
  carry <- t(w$y1 + w$y2, full)$p.value
  first <- carry < CARRY
  k <- if (first) !is.na(w$y1) else full
  r <- if (first) t(w$y1, k) else t((w$y1 - w$y2) / 2, k)
  result_row("two-stage", "treatment", sum(k), diff(rev(r$estimate)), r$stderr,
             df = r$parameter, statistic = r$statistic, p_value = r$p.value,
             conf_low = r$conf.int[1], conf_high = r$conf.int[2])
}

# p values of t tests of a and b, trials in rows
p_of <- function(a, b)
{
  n <- ncol(a)
  ma <- rowMeans(a)
  mb <- rowMeans(b)
  v <- (rowSums((a - ma)^2) + rowSums((b - mb)^2)) / (2 * n - 2)
  2 * pt(-abs(ma - mb) / sqrt(2 * v / n), 2 * n - 2)
}

simulate <- function(trials, n = 20, r = 0.5)
{
  arm <- function()
  {
    u <- matrix(rnorm(trials * n, 0, sqrt(r)), trials)
    e <- function() matrix(rnorm(trials * n, 0, sqrt(1 - r)), trials)
    list(u + e(), u + e())
  }
  ab <- arm()
  ba <- arm()
  carry <- p_of(ab[[1]] + ab[[2]], ba[[1]] + ba[[2]])
  both <- p_of(ab[[1]] - ab[[2]], ba[[1]] - ba[[2]])
  first <- p_of(ab[[1]], ba[[1]])
  c(two_stage = sum(ifelse(carry < CARRY, first, both) < 0.05),
    crossover = sum(both < 0.05), first = sum(carry < CARRY & first < 0.05),
    chosen = sum(carry < CARRY))
}

if (is_main())
{
  case <- function(name, column, data)
    placed(two_stage(column, data), name, column, "", data)
  write_oracle(rbind(case("drop-outs", "pain", FILE),
                     case("n60", "response", "xo_n60_synthetic.csv"),
                     case("pef", "pef", "xo_endpoints_synthetic.csv"),
                     case("tiny4", "response", "xo_tiny4_synthetic.csv")),
               file.path(OUT_DIR, "two_stage.tsv"), head_of("two_stage.R"),
               COLUMNS)
  set.seed(1965)
  trials <- 1e6
  sums <- rowSums(sapply(1:50, function(i) simulate(trials / 50)))
  size <- data.frame(rejects = names(sums), trials = trials,
                     rate = sums / trials,
                     std_error = sqrt(sums / trials * (1 - sums / trials) / trials))
  stopifnot(abs(size$rate[2] - 0.05) < 4 * size$std_error[2],
            abs(size$rate[4] - CARRY) < 4 * size$std_error[4])
  write_oracle(size, file.path(OUT_DIR, "two_stage_size.tsv"),
               c(paste0("source: simulation: ", r_version()),
                 "script: scripts/oracle/two_stage.R",
                 "size at 0.05 without effects; first: by period 1; chosen: period 1 chosen at all"))
}
