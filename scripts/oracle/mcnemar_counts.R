# McNemar's family on bare counts.
#
#   Rscript scripts/oracle/mcnemar_counts.R  from the top folder
#
# writes tests/oracle/mcnemar_counts.tsv.  a both times, b only before, c only
# after, d neither; difference = after - before = (c - b) / n.
#
# With b = c = 0 R has no answer either: mcnemar.test (correct = FALSE) gives
# the statistic NaN and the p value NA, binom.test (0, 0) stops.  The row has NA
# there, and difference, SE and interval 0.  One person is the smallest table.

source("scripts/oracle/oracle_common.R")

TABLES <- rbind(
  c(21, 9, 2, 12),
  c(794, 150, 86, 570),
  c(59, 6, 16, 80),
  c(30, 0, 0, 12),
  c(10, 5, 5, 10),
  c(4, 0, 7, 3),
  c(0, 1, 0, 0),
  c(3, 12, 13, 0),
  c(0, 400, 100, 0),
  c(1234567, 500500, 498300, 7654321),
  c(100, 3000, 1000, 9))

rows <- do.call(rbind, lapply(seq_len(nrow(TABLES)), function(i)
  {
    t <- TABLES[i, ]
    n <- sum(t)
    z <- mcnemar_numbers(t[2], t[3], n)
    w <- newcombe(t[1], t[3], t[2], t[4]); g <- tango(t[2], t[3], n)
    data.frame(a = t[1], b = t[2], c = t[3], d = t[4], n = n,
               statistic = z$statistic, df = 1, p_value = z$p_value,
               p_exact = z$p_exact, p_midp = z$p_midp,
               difference = z$estimate, std_error = z$std_error,
               conf_low = z$conf_low, conf_high = z$conf_high,
               corrected = z$corrected,
               p_corrected = z$p_corrected,
               newcombe_low = w[1], newcombe_high = w[2],
               tango_low = g[1], tango_high = g[2])
  }))
none <- suppressWarnings(mcnemar.test(matrix(c(30, 0, 0, 12), 2), FALSE))
stopifnot(is.nan(none$statistic), is.na(none$p.value),
          inherits(try(binom.test(0, 0), silent = TRUE), "try-error"))

write_oracle(rows, file.path(OUT_DIR, "mcnemar_counts.tsv"),
             c(paste0("source: other program: ", r_version(),
                      ", base packages"),
               "script: scripts/oracle/mcnemar_counts.R",
               "mid-p: Fagerland, Lydersen & Laake 2013, 1 - P(X = b) / 2 when b = c",
               "b = c = 0: mcnemar.test gives NaN and NA, binom.test stops",
               "tolerance: 1e-9 relative, p values 1e-8"))
