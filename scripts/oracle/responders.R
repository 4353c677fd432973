# Expected rows of responders.
#
#   Rscript scripts/oracle/responders.R       from the top folder
#
# writes tests/oracle/responders.tsv: who responds is decided on whole tenths,
# proportions with prop.test's score interval (no continuity correction), the
# difference with Newcombe's interval from its own letters (oracle_common.R) and
# binom.test, the number needed to treat from both.

source("scripts/oracle/drop_outs.R")

responders <- function(responds, a, level = 0.95)
{
  # responds: subjects x 2 periods, TRUE, FALSE or NA; a: the test A first
  keep <- !is.na(responds[, 1]) & !is.na(responds[, 2])
  t <- ifelse(a, responds[, 1], responds[, 2])[keep]
  r <- ifelse(a, responds[, 2], responds[, 1])[keep]
  n <- sum(keep)
  row <- function(term, ...) result_row("responders", term, n, ...)
  share <- function(term, x)
  {
    ci <- prop.test(sum(x), n, correct = FALSE, conf.level = level)$conf.int
    row(term, mean(x), conf_low = ci[1], conf_high = ci[2])
  }
  b <- sum(r & !t)
  c <- sum(t & !r)
  ci <- newcombe(sum(t & r), c, b, sum(!t & !r), level)
  d <- (c - b) / n
  needed <- if (ci[1] > 0 || ci[2] < 0)
    row("number-needed-to-treat", 1 / d, conf_low = 1 / ci[2],
        conf_high = 1 / ci[1]) else row("number-needed-to-treat")
  rbind(share("proportion:A", t), share("proportion:B", r),
        row("difference", d, p_value = binom.test(b, b + c)$p.value,
            conf_low = ci[1], conf_high = ci[2]), needed)
}

if (is_main())
{
  x <- read_text_csv(FILE)
  tenths <- function(v) round(10 * suppressWarnings(as.numeric(v)))
  ids <- sort(unique(x$subject))
  seq <- x$sequence[match(ids, x$subject)]
  at <- function(v) sapply(1:2, function(p)
    v[match(paste(ids, p), paste(x$subject, x$period))])
  y <- at(tenths(x$pain))
  base <- at(tenths(x$baseline))
  case <- function(name, responds, options, endpoint, level = 0.95)
  {
    rows <- placed(responders(responds, seq == "AB", level), name, "pain",
                   options)
    rows$endpoint <- endpoint
    rows
  }
  write_oracle(rbind(
    case("cut-off-lower", y <= 440, "--responder 44 --better lower",
         "pain<=44"),
    case("cut-off", y >= 440, "--responder 44", "pain>=44"),
    case("improved", base - y >= 50,
         "--responder 5 --baseline baseline --better lower",
         "pain change<=-5"),
    case("improved-higher", y - base >= 0,
         "--responder 0 --baseline baseline --better higher --level 0.9",
         "pain change>=0", 0.9)),
    file.path(OUT_DIR, "responders.tsv"), head_of("responders.R"), COLUMNS)
}
