# Expected values for prescription sequence symmetry (type pssa of a study
# file).
#
#   Rscript scripts/oracle/pssa.R       from the top folder
#
# writes tests/oracle/data/pssa_*_synthetic.csv, the studies pssa_*.yaml beside
# them and tests/oracle/pssa.tsv.  Base R only.
#
# With i and m the days of the first index and first marker drug of a person
# and W the window in days:
#   index-then-marker   persons with 1 <= m - i <= W
#   marker-then-index   persons with 1 <= i - m <= W
#   crude               their ratio; interval from binom.test, p / (1 - p)
#   null-probability    over all pairs of a person with an index drug and a
#                       person with a marker drug (the same one included) that
#                       are 1 to W days apart: share with the marker later
#   null-effect         P / (1 - P)
#   adjusted            crude / null-effect, the interval too
# The pairs are counted one by one, without the sums over days.
source("scripts/oracle/oracle_common.R")

write_case <- function(case, comment, d, keys)
  write_study(case, comment, d, keys, "pairs", "symmetry", "pssa", na = "NA")

rows_of <- function(i, m, w, level = 0.95)
{
  n <- sum(!is.na(i) | !is.na(m))
  later <- outer(i[!is.na(i)], m[!is.na(m)], function(a, b) b - a)
  after <- sum(later >= 1 & later <= w)
  before <- sum(later <= -1 & later >= -w)
  own <- (m - i)[!is.na(m - i)]
  a <- sum(own >= 1 & own <= w)
  b <- sum(own <= -1 & own >= -w)
  p <- if (after + before > 0) after / (after + before) else NA
  null <- if (!is.na(p) && before > 0) p / (1 - p) else NA
  crude <- if (b > 0) a / b else NA
  odds <- function(p) p / (1 - p)
  ci <- if (a + b > 0) odds(binom.test(a, a + b, conf.level = level)$conf.int) else c(NA, NA)
  if (is.na(crude))
    ci <- c(NA, NA)
  if (!is.na(p) && before == 0)
    null <- NA
  rbind(result_row("pssa", "index-then-marker", n, a),
        result_row("pssa", "marker-then-index", n, b),
        result_row("pssa", "null-probability", n, p),
        result_row("pssa", "null-effect", n, null),
        result_row("pssa", "crude", a + b, crude, conf_low = ci[1],
                   conf_high = ci[2]),
        result_row("pssa", "adjusted", a + b, crude / null,
                   conf_low = ci[1] / null, conf_high = ci[2] / null))
}

main <- function()
{
  all <- NULL
  add <- function(case, rows)
    all <<- rbind(all, cbind(case = case, data = paste0(case, "_synthetic.csv"),
                             options = paste0(case, ".yaml"), endpoint = "-",
                             measure = "-", group = "-", rows,
                             tolerance = TOLERANCE))
  set.seed(20260102)
  columns <- "columns: {person: person, index: index_date, marker: marker_date}"

  # dates, a rising use of the marker, some with one drug only
  n <- 500
  i <- sample(0:1460, n, TRUE)
  m <- floor(1461 * sqrt(runif(n)))
  k <- sample(n, 120)
  m[k] <- pmin(1460, i[k] + 1 + rgeom(120, 1 / 60))
  i[sample(n, 40)] <- NA
  m[sample(n, 55)] <- NA
  same <- which(!is.na(i + m))[1:6]
  m[same] <- i[same]
  day <- function(x) ifelse(is.na(x), NA, format(as.Date("2010-01-01") + x))
  d <- data.frame(person = sprintf("P%04d", 1:n), index_date = day(i),
                  marker_date = day(m))
  write_case("pssa_dates", "four years, use of the marker rises", d,
             c(columns, "window: 365"))
  add("pssa_dates", rows_of(i, m, 365))
  write_case("pssa_short", "the same with a window of 60 days", d,
             c(columns, "window: 60", "level: 0.9"))
  add("pssa_short", rows_of(i, m, 60, 0.9))

  # day numbers; counts that are large
  n <- 5000
  i <- sample(1:730, n, TRUE)
  m <- pmax(1, pmin(730, i + round(rnorm(n, 20, 200))))
  write_case("pssa_large", "five thousand persons, day numbers",
             data.frame(id = 1:n, first = i, second = m),
             c("columns: {person: id, index: first, marker: second}",
               "window: 180"))
  add("pssa_large", rows_of(i, m, 180))

  # nobody has the index drug first; nobody the marker first; nobody in reach
  write_case("pssa_marker_first", "the marker always comes first",
             data.frame(person = 1:3, index_date = c(50, 70, 90),
                        marker_date = c(40, 55, 89)), c(columns, "window: 30"))
  add("pssa_marker_first", rows_of(c(50, 70, 90), c(40, 55, 89), 30))
  write_case("pssa_index_first", "the index drug always comes first",
             data.frame(person = 1:3, index_date = c(40, 55, 89),
                        marker_date = c(50, 70, 90)), c(columns, "window: 30"))
  add("pssa_index_first", rows_of(c(40, 55, 89), c(50, 70, 90), 30))
  write_case("pssa_nobody", "all on the same day or out of reach",
             data.frame(person = 1:3, index_date = c(100, 400, 700),
                        marker_date = c(100, 400, 700)),
             c(columns, "window: 30"))
  add("pssa_nobody", rows_of(c(100, 400, 700), c(100, 400, 700), 30))

  write_oracle(all, file.path(OUT_DIR, "pssa.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", base packages"),
                 "script: scripts/oracle/pssa.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross run OPTIONS, the study file beside the data"),
               COLUMNS)
}

if (is_main())
  main()
