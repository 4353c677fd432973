# Expected rows of the before/after analysis of a dispensing register, by the
# rules alone and the long way round: a loop over persons, no clever sums.
#
#   Rscript scripts/oracle/before_after.R    from the top folder
#
# writes tests/oracle/data/reg_*.yaml (the studies, from the list below),
# tests/oracle/before_after.tsv and tests/oracle/before_after_attrition.tsv.
#
# The rules:
#  - rows outside coverage do not exist; coverage not given: first to last date
#    in the file
#  - a dispensing is a row whose amount is missing (0 ddd) or not negative (0 is
#    a dispensing too); a negative amount is a return: it lowers ddd and counts
#    for nothing else
#  - exact duplicate rows stay
#  - index = the first dispensing of the index drugs within from-to; with take
#    first-ever only if it is the first of all in coverage; with
#    washout-then-first the first within from-to that has no other in the
#    washout days before it; with first-then-washout the first, if it has none
#    in those days.  Wash-out days before coverage are not known to be clear.
#  - a requirement counts rows (returns are rows), or different codes, that
#    match its drugs and its indications within from-to; `any` needs one of its
#    list, `none` needs that its rule fails; missing indications match nothing
#  - a requirement's window is days relative to the index, guarded as the two
#    others; age is the year of the index less the year of birth; a missing sex
#    or year of birth meets no requirement of it
#  - windows are days relative to the index, both ends in; a person whose before
#    or after window is not wholly in coverage is left out
#  - groups: number of dispensings of the group drugs in the group window; a
#    person in no level counts in `all` only
#  - a pattern is an exact code or a prefix with *; * alone is every drug
#  - every eligible person counts in every outcome; user = one dispensing or more
# Doses are summed as integers in units of the last decimal written.

source("scripts/oracle/oracle_common.R")

REQUIRE_COUNTS_RETURNS <- TRUE # "at_least counts rows"

day <- function(x) as.integer(as.Date(x))

# ---- the studies -----------------------------------------------------------

HAND <- readLines("scripts/oracle/reg_tiny_hand.txt")

METHODS <- c("describe", "paired-t", "wilcoxon-signed-rank",
             "wilcoxon-signed-rank-exact", "mcnemar", "mcnemar-exact",
             "mcnemar-midp", "rate-ratio-robust", "relative-change")

large_columns <- c(person = "person", date = "date", drug = "atc",
                   amount = "ddd", indication = "reimbursement", sex = "sex",
                   birth_year = "birth_year")
medium_columns <- c(person = "pid", date = "dispensed", drug = "code",
                    amount = "dose", indication = "reason")

STUDIES <- list(
  list(
    name = "reg_tiny", data = "reg_tiny_synthetic.csv", notes = HAND,
    columns = c(person = "person", date = "date", drug = "atc",
                amount = "ddd"),
    coverage = c("2012-01-01", "2012-12-31"),
    index = list(drugs = "N07BB04", from = "2012-01-01", to = "2012-12-31"),
    before = c(-30, -1), after = c(0, 29),
    groups = list(drugs = "N07BB04", window = c(0, 29), reference = "x1",
                  levels = list(list(name = "x1", from = 1, to = 1),
                                list(name = "x2+", from = 2))),
    outcomes = list(list(name = "N02", drugs = "N02*"),
                    list(name = "M01", drugs = "M01*"),
                    list(name = "C10", drugs = "C10*"))),
  list(
    name = "reg_large", data = "reg_large_synthetic.csv",
    notes = c("Two years on either side: 2012-01-01 and 2014-01-01 are the",
              "first and the last index whose windows fit."),
    columns = large_columns, coverage = c("2010-01-01", "2015-12-31"),
    index = list(drugs = "N07BB04", from = "2011-06-01", to = "2014-06-30"),
    require = list(list(
      list(indications = "G35", at_least = 2, from = "2010-01-01",
           to = "2011-12-31"),
      list(drugs = c("L03AB07", "L03AB08", "L03AX1*"), at_least = 1,
           from = "2010-01-01", to = "2011-12-31"))),
    before = c(-730, -1), after = c(0, 729),
    groups = list(drugs = "N07BB04", window = c(0, 729), reference = "x1",
                  levels = list(list(name = "x1", from = 1, to = 1),
                                list(name = "x2-3", from = 2, to = 3),
                                list(name = "x4+", from = 4))),
    outcomes = list(
      list(name = "dmt", drugs = c("L03AB07", "L03AB08", "L03AX13")),
      list(name = "analgesics", drugs = "N02*"),
      list(name = "opioids", drugs = "N02A*"),
      list(name = "the code N02", drugs = "N02"),
      list(name = "never used", drugs = "X99*"),
      list(name = "all other", drugs = "*", except = "N07BB04"),
      list(name = "the rest", drugs = "*",
           except = c("N07BB04", "N02*", "L03*")))),
  list(
    name = "reg_large_year", data = "reg_large_synthetic.csv",
    notes = c("One year on either side, no groups; the first requirement",
              "counts different codes, and asks for rows that coverage hides."),
    columns = large_columns, coverage = c("2010-06-01", "2014-12-31"),
    index = list(drugs = "N07BB*", from = "2011-05-01", to = "2014-06-30"),
    require = list(
      list(list(drugs = c("L0*", "N02*", "M03BX01"), at_least = 3,
                count = "drugs", from = "2009-01-01", to = "2012-06-30")),
      list(list(indications = "G35*", at_least = 1, from = "2009-01-01",
                to = "2014-12-31"))),
    before = c(-365, -1), after = c(0, 364),
    outcomes = list(
      list(name = "immunomodulators", drugs = "L0*"),
      list(name = "naltrexone", drugs = c("N07BB04", "N07BB04X")),
      list(name = "spasticity", drugs = "M03BX01"),
      list(name = "everything", drugs = "*"))),
  list(
    name = "reg_medium", data = "reg_medium_synthetic.csv",
    notes = c("Ninety days on either side without the index day; persons with",
              "four dispensings are in no level."),
    columns = medium_columns, coverage = c("2011-03-01", "2013-02-28"),
    index = list(drugs = c("N07BB04", "N07BB05"), from = "2011-05-01",
                 to = "2012-12-31"),
    before = c(-90, -1), after = c(1, 90),
    groups = list(drugs = "N07BB*", window = c(0, 90), reference = "few",
                  levels = list(list(name = "one", from = 1, to = 1),
                                list(name = "few", from = 2, to = 3),
                                list(name = "many", from = 5))),
    outcomes = list(
      list(name = "pain", drugs = c("N02*", "M01AE01")),
      list(name = "the code M01AE", drugs = "M01AE"),
      list(name = "asthma", drugs = "R03*"),
      list(name = "other", drugs = "*", except = "N07BB*"))),
  list(
    name = "reg_medium_open", data = "reg_medium_synthetic.csv",
    notes = c("No coverage given: the first to the last date in the file."),
    columns = medium_columns, coverage = NULL,
    index = list(drugs = "N07BB04", from = "2011-06-01", to = "2012-12-31"),
    require = list(list(list(drugs = c("N02*", "M01*"),
                             indications = c("M05*", "L88"), at_least = 2,
                             from = "2011-01-01", to = "2012-09-30"))),
    before = c(-180, -1), after = c(0, 179),
    outcomes = list(list(name = "analgesics", drugs = c("N02*", "M01*")),
                    list(name = "hypnotics", drugs = "N05CF01"),
                    list(name = "naltrexone", drugs = "N07BB0*"))),
  list(
    name = "reg_large_ever", data = "reg_large_synthetic.csv",
    notes = c("New users: none earlier in coverage, no opioid in the year",
              "before, adults of one sex."),
    columns = large_columns, coverage = c("2010-01-01", "2015-12-31"),
    index = list(drugs = "N07BB04", from = "2011-06-01", to = "2014-12-31",
                 take = "first-ever"),
    require = list(list(list(none = TRUE, drugs = "N02A*",
                             window = c(-365, -1))),
                   list(list(age = c(30, 60), sex = "F"))),
    before = c(-180, -1), after = c(0, 179),
    outcomes = list(list(name = "analgesics", drugs = "N02*"),
                    list(name = "all other", drugs = "*",
                         except = "N07BB04"))),
  list(
    name = "reg_large_washed", data = "reg_large_synthetic.csv",
    notes = c("Wash-out, then first; men, or use in the month before",
              "with days of the calendar beside those of the person."),
    columns = large_columns, coverage = c("2010-01-01", "2015-12-31"),
    index = list(drugs = "N07BB*", from = "2010-02-01", to = "2015-06-30",
                 take = "washout-then-first", washout = 120),
    require = list(list(list(sex = "M"),
                        list(drugs = "*", at_least = 2, from = "2010-06-01",
                             to = "2014-12-31", window = c(-30, 0))),
                   list(list(none = TRUE, age = c(0, 39)))),
    before = c(-90, -1), after = c(0, 89),
    outcomes = list(list(name = "analgesics", drugs = "N02*"),
                    list(name = "naltrexone", drugs = "N07BB*"))),
  list(
    name = "reg_large_first", data = "reg_large_synthetic.csv",
    notes = c("The same the other way round: first, then wash-out."),
    columns = large_columns, coverage = c("2010-01-01", "2015-12-31"),
    index = list(drugs = "N07BB*", from = "2010-02-01", to = "2015-06-30",
                 take = "first-then-washout", washout = 120),
    require = list(list(list(drugs = c("N02*", "L03*"), count = "drugs",
                             at_least = 2, window = c(-400, 60)))),
    before = c(-90, -1), after = c(0, 89),
    outcomes = list(list(name = "analgesics", drugs = "N02*"),
                    list(name = "naltrexone", drugs = "N07BB*"))),
  list(
    name = "reg_medium_washed", data = "reg_medium_synthetic.csv",
    notes = c("Wash-out over the whole window before; no coverage given."),
    columns = medium_columns, coverage = NULL,
    index = list(drugs = "N07BB*", from = "2011-03-01", to = "2013-02-28",
                 take = "washout-then-first", washout = 60),
    before = c(-60, -1), after = c(0, 59),
    outcomes = list(list(name = "pain", drugs = c("N02*", "M01AE01")),
                    list(name = "index drugs", drugs = "N07BB*"))))

# reg_tiny with its dates written otherwise, and as the OMOP table
# drug_exposure with made-up concept ids; nothing else differs, so that the
# answers worked out by hand are those of all.
CONCEPTS <- c(N07BB04 = 101, N02BE01 = 201, N02AA01 = 202, N02AJ06 = 203,
              N02 = 204, M01AE01 = 301)
WRITE_DATES <- list(
  iso = function(d) format(d, "%Y-%m-%d"),
  dmy = function(d) format(d, "%d.%m.%Y"),
  mdy = function(d) format(d, "%m/%d/%Y"),
  ymd = function(d) format(d, "%Y%m%d"),
  sas = function(d) as.character(d - as.Date("1960-01-01")),
  stata = function(d) as.character(d - as.Date("1960-01-01")))
READ_DATES <- list(
  iso = function(x) as.Date(x, "%Y-%m-%d"),
  dmy = function(x) as.Date(x, "%d.%m.%Y"),
  mdy = function(x) as.Date(x, "%m/%d/%Y"),
  ymd = function(x) as.Date(x, "%Y%m%d"),
  sas = function(x) as.Date(as.integer(x), origin = "1960-01-01"),
  stata = function(x) as.Date(as.integer(x), origin = "1960-01-01"))

rewrite_tiny <- function(name, dates, omop = FALSE)
{
  s <- STUDIES[[1]]
  d <- read_text_csv(s$data)
  d$date <- WRITE_DATES[[dates]](as.Date(d$date))
  s$name <- name
  s$data <- paste0(name, "_synthetic.csv")
  s$notes <- "reg_tiny, written in another way."
  s$dates <- dates
  if (omop)
    {
      d$atc <- CONCEPTS[d$atc]
      names(d) <- c("person_id", "drug_exposure_start_date",
                    "drug_concept_id", "ddd")
      s$layout <- "omop"
      s$columns <- c(person = "person_id", date = "drug_exposure_start_date",
                     drug = "drug_concept_id", amount = "ddd")
      s$index$drugs <- s$groups$drugs <- "101"
      s$outcomes[[1]]$drugs <- c("201", "202", "203", "204")
      s$outcomes[[2]]$drugs <- "301"
      s$outcomes[[3]]$drugs <- "401"
    }
  con <- file(file.path(DATA_DIR, s$data), "wb")
  on.exit(close(con))
  writeLines(c(paste("# synthetic: reg_tiny_synthetic.csv written in another",
                     "way by scripts/oracle/before_after.R"),
               paste(names(d), collapse = ","),
               do.call(paste, c(unname(d), sep = ","))), con, sep = "\n")
  s
}

STUDIES <- c(STUDIES, list(rewrite_tiny("reg_tiny_dmy", "dmy"),
                           rewrite_tiny("reg_tiny_mdy", "mdy"),
                           rewrite_tiny("reg_tiny_ymd", "ymd"),
                           rewrite_tiny("reg_tiny_sas", "sas"),
                           rewrite_tiny("reg_tiny_stata", "stata"),
                           rewrite_tiny("reg_tiny_omop", "iso", TRUE)))

# ---- the study files -------------------------------------------------------

yaml_list <- function(x)
{
  x <- ifelse(startsWith(x, "*"), paste0("\"", x, "\""), x)
  paste0("[", paste(x, collapse = ", "), "]")
}

yaml_map <- function(...)
  paste0("{", paste(c(...), collapse = ", "), "}")

# the parts drugs, indications, at_least, count, from, to, ... of one list
yaml_rule <- function(r)
{
  if (isTRUE(r$none))
    {
      r$none <- NULL
      return(paste0("{none: [", yaml_rule(r), "]}"))
    }
  yaml_map(if (!is.null(r$drugs)) paste("drugs:", yaml_list(r$drugs)),
           if (!is.null(r$indications))
             paste("indications:", yaml_list(r$indications)),
           if (!is.null(r$at_least)) paste("at_least:", r$at_least),
           if (!is.null(r$count)) paste("count:", r$count),
           if (!is.null(r$from)) paste("from:", r$from),
           if (!is.null(r$to)) paste("to:", r$to),
           if (!is.null(r$window)) paste("window:", yaml_window(r$window)),
           if (!is.null(r$age)) paste("age:", yaml_window(r$age)),
           if (!is.null(r$sex)) paste("sex:", yaml_list(r$sex)),
           if (!is.null(r$take)) paste("take:", r$take),
           if (!is.null(r$washout)) paste("washout:", r$washout))
}

yaml_window <- function(w) paste0("[", w[1], ", ", w[2], "]")

write_study <- function(s)
{
  text <- c(
    paste0("# ", s$name, ": synthetic data, nobody is behind it. Written by"),
    "# scripts/oracle/before_after.R; change it there.",
    trimws(paste("#", s$notes), "right"),
    "recross: 1",
    paste("study:", s$name),
    "data:",
    paste0("  - {name: dispensings, file: ", s$data, ", layout: ",
           if (is.null(s$layout)) "columns" else s$layout, ",",
           if (!is.null(s$dates)) paste0(" dates: ", s$dates, ",")),
    paste0("     columns: ",
           if (is.null(s$layout))
             yaml_map(paste0(names(s$columns), ": ", s$columns)) else
             yaml_map(paste("amount:", s$columns[["amount"]])), "}"),
    "analyses:",
    "  - name: change",
    "    type: before-after",
    "    data: dispensings",
    if (!is.null(s$coverage))
      paste("    coverage:", yaml_map(paste("from:", s$coverage[1]),
                                      paste("to:", s$coverage[2]))),
    paste("    index:", yaml_rule(modifyList(list(take = "first"),
                                             s$index))))
  if (!is.null(s$require))
    {
      text <- c(text, "    require:")
      for (r in s$require)
        if (length(r) == 1)
          text <- c(text, paste("      -", yaml_rule(r[[1]])))
        else
          text <- c(text, "      - any:",
                    paste("          -", vapply(r, yaml_rule, "")))
    }
  text <- c(text, paste("    windows:",
                        yaml_map(paste("before:", yaml_window(s$before)),
                                 paste("after:", yaml_window(s$after)))))
  if (!is.null(s$groups))
    {
      text <- c(text, "    groups:",
                paste("      by:",
                      yaml_map(paste("drugs:", yaml_list(s$groups$drugs)),
                               paste("window:",
                                     yaml_window(s$groups$window)))),
                "      levels:")
      for (v in s$groups$levels)
        text <- c(text, paste("        -",
                              yaml_map(paste("name:", v$name),
                                       paste("from:", v$from),
                                       if (!is.null(v$to))
                                         paste("to:", v$to))))
      text <- c(text, paste("      reference:", s$groups$reference))
    }
  text <- c(text, "    outcomes:")
  for (o in s$outcomes)
    text <- c(text, paste("      -",
                          yaml_map(paste("name:", o$name),
                                   paste("drugs:", yaml_list(o$drugs)),
                                   if (!is.null(o$except))
                                     paste("except:", yaml_list(o$except)))))
  text <- c(text, "    measures: [users, dispensings, ddd]",
            paste("    methods:",
                  yaml_list(c(if (is.null(s$methods)) METHODS else s$methods,
                              if (!is.null(s$groups))
                    "difference-in-differences"))))
  con <- file(file.path(DATA_DIR, paste0(s$name, ".yaml")), "wb")
  on.exit(close(con))
  writeLines(text, con, sep = "\n")
}

# ---- the rules -------------------------------------------------------------

matches <- function(code, patterns)
{
  hit <- rep(FALSE, length(code))
  for (p in patterns)
    hit <- hit | if (endsWith(p, "*"))
      startsWith(code, substr(p, 1, nchar(p) - 1)) else code == p
  hit
}

optional <- function(raw, column)
{
  x <- if (is.na(column)) rep("", nrow(raw)) else raw[[column]]
  ifelse(x %in% MISSING, "", x)
}

read_register <- function(s)
{
  raw <- read_text_csv(s$data)
  k <- s$columns
  dose <- decimals(raw[[k["amount"]]])
  ind <- if (is.na(k["indication"])) rep("", nrow(raw)) else
    raw[[k["indication"]]]
  ind[ind %in% MISSING] <- ""
  read_date <- READ_DATES[[if (is.null(s$dates)) "iso" else s$dates]]
  d <- data.frame(person = raw[[k["person"]]],
                  date = as.integer(read_date(raw[[k["date"]]])),
                  drug = raw[[k["drug"]]], ind = ind,
                  ddd = ifelse(is.na(dose$int), 0, dose$int),
                  dispensing = is.na(dose$int) | dose$int >= 0,
                  sex = optional(raw, k["sex"]),
                  born = optional(raw, k["birth_year"]),
                  stringsAsFactors = FALSE)
  stopifnot(!anyNA(d$date), !any(d$drug %in% MISSING))
  audit <- c(rows = nrow(d), `missing amounts` = sum(is.na(dose$int)),
             returns = sum(!d$dispensing), `repeated rows` =
               sum(duplicated(raw)))
  list(d = d, scale = dose$scale, audit = audit)
}

# the one value that all of a person's rows that say anything agree on
of_person <- function(x)
{
  x <- unique(x[x != ""])
  stopifnot(length(x) <= 1)
  if (length(x) == 0) NA else x
}

year_of <- function(d) as.integer(format(as.Date(d, origin = "1970-01-01"),
                                         "%Y"))

# TRUE when one person's rows p, with the index on day i, meet the rule r; whole
# are all rows of the person, for what coverage does not limit
meets <- function(p, r, i, whole)
{
  if (isTRUE(r$none))
    {
      r$none <- NULL
      return(!meets(p, r, i, whole))
    }
  if (!is.null(r$age) || !is.null(r$sex))
    {
      ok <- TRUE
      if (!is.null(r$sex))
        ok <- of_person(whole$sex) %in% r$sex
      if (!is.null(r$age))
        {
          age <- year_of(i) - as.integer(of_person(whole$born))
          ok <- ok && !is.na(age) && age >= r$age[1] && age <= r$age[2]
        }
      return(ok)
    }
  if (is.null(r$at_least))
    r$at_least <- 1
  hit <- rep(TRUE, nrow(p))
  if (!is.null(r$from))
    hit <- hit & p$date >= day(r$from)
  if (!is.null(r$to))
    hit <- hit & p$date <= day(r$to)
  if (!is.null(r$window))
    hit <- hit & p$date - i >= r$window[1] & p$date - i <= r$window[2]
  if (!is.null(r$drugs))
    hit <- hit & matches(p$drug, r$drugs)
  if (!is.null(r$indications))
    hit <- hit & p$ind != "" & matches(p$ind, r$indications)
  if (!REQUIRE_COUNTS_RETURNS)
    hit <- hit & p$dispensing
  found <- if (identical(r$count, "drugs")) length(unique(p$drug[hit])) else
    sum(hit)
  found >= r$at_least
}

# log (A / B) of the totals after and before, with the variance that lets every
# person keep a rate of her own: sum (a_i / A - b_i / B)^2.  Integers until the
# last division, so that persons who all changed alike have a variance of 0.
rate_ratio <- function(before, after)
{
  n <- length(before)
  A <- sum(after)
  B <- sum(before)
  if (n == 0 || A <= 0 || B <= 0)
    return(result_row("rate-ratio-robust", "change", n))
  est <- log(A / B)
  apart <- after * B - before * A
  stopifnot(max(abs(after)) * B < 2^53, max(abs(before)) * A < 2^53)
  se <- sqrt(sum((apart / (A * B))^2))
  if (all(apart == 0))
    return(result_row("rate-ratio-robust", "change", n, est, 0))
  z <- est / se
  q <- qnorm(0.975)
  result_row("rate-ratio-robust", "change", n, est, se, NA, NA, z,
             2 * pnorm(-abs(z)), est - q * se, est + q * se)
}

# Change of the total in percent of the total before; the interval is that of
# the ratio.  For users it is the one that the paired table gives: with e users
# in both windows SE^2 = 1/A + 1/B - 2 e / (A B).
relative_change <- function(before, after)
{
  A <- sum(after)
  B <- sum(before)
  if (B <= 0)
    return(result_row("relative-change", "change", length(before)))
  limits <- c(NA, NA) # of log (A / B), back in percent
  r <- rate_ratio(before, after)
  if (!is.na(r$conf_low))
    limits <- 100 * (exp(c(r$conf_low, r$conf_high)) - 1)
  result_row("relative-change", "change", length(before), 100 * (A - B) / B,
             conf_low = limits[1], conf_high = limits[2])
}

# Welch on the change of two groups, x minus the reference r.
differences <- function(x, r, term, scale)
{
  n <- length(x) + length(r)
  name <- "difference-in-differences"
  if (length(x) == 0 || length(r) == 0)
    return(result_row(name, term, n))
  est <- (mean(x) - mean(r)) / scale
  if (length(x) < 2 || length(r) < 2)
    return(result_row(name, term, n, est))
  if (all(x == x[1]) && all(r == r[1]))
    return(result_row(name, term, n, est, 0))
  t <- t.test(x / scale, r / scale)
  result_row(name, term, n, est, t$stderr, NA, t$parameter, t$statistic,
             2 * pt(-abs(t$statistic), t$parameter), t$conf.int[1],
             t$conf.int[2])
}

# As in crossover.R: zeros dropped, no continuity correction; interval from
# the order statistics of the Walsh averages.
signed_rank_change <- function(exact, d, scale)
{
  name <- paste0("wilcoxon-signed-rank", if (exact) "-exact")
  n <- length(d)
  x <- d[d != 0]
  k <- length(x)
  if (k == 0)
    return(result_row(name, "change", n))
  r <- rank(abs(x))
  v <- sum(r[x > 0])
  walsh <- outer(x, x, "+")
  walsh <- sort(walsh[!lower.tri(walsh)]) / 2 / scale
  qu <- max(qsignrank(0.025, k), 1)
  if (exact)
    {
      r2 <- round(2 * r) # chances of the sums of random subsets
      f <- c(1, rep(0, sum(r2)))
      for (a in r2)
        f <- (f + c(rep(0, a), f[seq_len(length(f) - a)])) / 2
      s <- seq_along(f) - 1
      off <- abs(2 * sum(r2[x > 0]) - sum(r2))
      p <- sum(f[abs(2 * s - sum(r2)) >= off])
    }
  else
    {
      ties <- as.vector(table(r))
      z <- (v - k * (k + 1) / 4) / sqrt(k * (k + 1) * (2 * k + 1) / 24
                                        - sum(ties^3 - ties) / 48)
      p <- 2 * pnorm(-abs(z))
      ref <- suppressWarnings(wilcox.test(d, exact = FALSE, correct = FALSE))
      stopifnot(ref$statistic == v, near(ref$p.value, p))
    }
  result_row(name, "change", n, median(walsh), NA, NA, NA, v, p, walsh[qu],
             walsh[length(walsh) + 1 - qu])
}

run_study <- function(s)
{
  reg <- read_register(s)
  d <- reg$d
  cover <- if (is.null(s$coverage)) range(d$date) else day(s$coverage)
  inside <- d$date >= cover[1] & d$date <= cover[2]
  reg$audit["rows outside coverage"] <- sum(!inside)
  people <- split(d[inside, ], d$person[inside])

  steps <- data.frame(label = "persons in the file", persons = length(people))
  step <- function(label)
    steps <<- rbind(steps, data.frame(label = label,
                                      persons = length(people)))

  index_rows <- function(p)
    p$date[p$dispensing & matches(p$drug, s$index$drugs)]
  washed <- function(p, i)
  {
    used <- index_rows(p)
    i - s$index$washout >= cover[1] &&
      !any(used >= i - s$index$washout & used < i)
  }
  everyone <- split(d, d$person)
  index <- integer(0)
  for (id in names(people))
    {
      p <- people[[id]]
      hit <- p$dispensing & matches(p$drug, s$index$drugs) &
        p$date >= day(s$index$from) & p$date <= day(s$index$to)
      candidates <- sort(unique(p$date[hit]))
      if (identical(s$index$take, "washout-then-first"))
        candidates <- candidates[vapply(candidates, function(i)
          washed(p, i), TRUE)]
      if (length(candidates) > 0)
        index[id] <- candidates[1]
    }
  people <- people[names(index)]
  step("with an index event")
  if (identical(s$index$take, "first-then-washout"))
    {
      people <- people[vapply(names(people), function(id)
        washed(people[[id]], index[[id]]), TRUE)]
      step("clear before the index")
    }
  if (identical(s$index$take, "first-ever"))
    {
      people <- people[vapply(names(people), function(id)
        !any(index_rows(people[[id]]) < index[[id]]), TRUE)]
      step("first ever")
    }
  for (k in seq_along(s$require))
    {
      ok <- vapply(names(people), function(id)
        any(vapply(s$require[[k]], function(r)
          meets(people[[id]], r, index[[id]], everyone[[id]]), TRUE)), TRUE)
      people <- people[ok]
      step(paste("requirement", k))
    }
  fits <- function(w)
    index[names(people)] + w[1] >= cover[1] &
      index[names(people)] + w[2] <= cover[2]
  seen <- fits(s$before) & fits(s$after)
  for (k in s$require)
    for (r in k)
      if (!is.null(r$window))
        seen <- seen & fits(r$window)
  people <- people[seen]
  step("windows within coverage")

  in_window <- function(p, id, w)
    p$date >= index[id] + w[1] & p$date <= index[id] + w[2]

  ids <- names(people)
  group <- list(all = rep(TRUE, length(ids)))
  if (!is.null(s$groups))
    {
      times <- vapply(ids, function(id)
        {
          p <- people[[id]]
          sum(p$dispensing & matches(p$drug, s$groups$drugs)
              & in_window(p, id, s$groups$window))
        }, 0L)
      for (v in s$groups$levels)
        group[[v$name]] <- times >= v$from &
          times <= if (is.null(v$to)) Inf else v$to
      message(s$name, ": ", paste(names(group), vapply(group, sum, 0L),
                                  collapse = ", "))
    }

  rows <- cells <- list()
  keep <- function(r, endpoint, measure, level)
  {
    r$endpoint <- endpoint
    r$measure <- measure
    r$group <- level
    rows[[length(rows) + 1]] <<- r
  }
  for (o in s$outcomes)
    {
      n <- length(ids)
      a <- list(dispensings = matrix(0, n, 2), ddd = matrix(0, n, 2))
      for (i in seq_len(n))
        {
          p <- people[[ids[i]]]
          mine <- matches(p$drug, o$drugs) & !matches(p$drug, o$except)
          for (k in 1:2)
            {
              w <- mine & in_window(p, ids[i], if (k == 1) s$before else
                s$after)
              a$dispensings[i, k] <- sum(p$dispensing[w])
              a$ddd[i, k] <- sum(p$ddd[w])
            }
        }
      a$users <- (a$dispensings > 0) + 0
      for (m in c("users", "dispensings", "ddd"))
        for (g in names(group))
          {
            x <- a[[m]][group[[g]], , drop = FALSE]
            scale <- if (m == "ddd") reg$scale else 1
            n <- nrow(x)
            stopifnot(n > 0)
            for (k in 1:2)
              {
                term <- c("before", "after")[k]
                sdev <- if (n > 1) sd(x[, k]) / scale else NA
                keep(result_row("describe", term, n,
                                sum(x[, k]) / (n * scale), sdev / sqrt(n)),
                     o$name, m, g)
                keep(result_row("describe", paste0("sd:", term), n, sdev),
                     o$name, m, g)
              }
            cells[[length(cells) + 1]] <-
              list(before = x[, 1], after = x[, 2], scale = scale,
                   endpoint = o$name, measure = m, group = g)
            keep(relative_change(x[, 1], x[, 2]), o$name, m, g)
            if (m != "users")
              {
                keep(one_sample_t("paired-t", "change", x[, 2] - x[, 1], scale,
                                  0.95), o$name, m, g)
                for (exact in c(FALSE, TRUE))
                  keep(signed_rank_change(exact, x[, 2] - x[, 1], scale),
                       o$name, m, g)
                keep(rate_ratio(x[, 1], x[, 2]), o$name, m, g)
              }
            else
              {
                z <- mcnemar_numbers(sum(x[, 1] > x[, 2]),
                                     sum(x[, 1] < x[, 2]), n)
                p <- c(mcnemar = z$p_value, `mcnemar-exact` = z$p_exact,
                       `mcnemar-midp` = z$p_midp)
                for (k in names(p))
                  keep(result_row(k, "change", n, z$estimate, z$std_error,
                                  if (k == "mcnemar") 1 else NA, NA,
                                  if (k == "mcnemar") z$statistic else NA,
                                  p[[k]], z$conf_low, z$conf_high),
                       o$name, m, g)
              }
          }
      for (m in if (!is.null(s$groups)) c("users", "dispensings", "ddd"))
        for (v in s$groups$levels)
          if (v$name != s$groups$reference)
            {
              d <- a[[m]][, 2] - a[[m]][, 1]
              keep(differences(d[group[[v$name]]],
                               d[group[[s$groups$reference]]],
                               paste(v$name, "-", s$groups$reference),
                               if (m == "ddd") reg$scale else 1),
                   o$name, m, "all")
            }
    }
  rows <- do.call(rbind, rows)
  rows$case <- s$name
  rows$data <- s$data
  rows$options <- paste0(s$name, ".yaml")
  rows$tolerance <- TOLERANCE
  steps <- data.frame(case = s$name, step = seq_len(nrow(steps)) - 1,
                      label = steps$label, persons = steps$persons)
  list(rows = rows, steps = steps, audit = reg$audit, cells = cells)
}

# ---- reg_tiny by hand ------------------------------------------------------

check_by_hand <- function(rows)
{
  is <- function(endpoint, measure, group, method, term, field, value)
  {
    k <- rows$case == "reg_tiny" & rows$endpoint == endpoint &
      rows$measure == measure & rows$group == group & rows$method == method &
      rows$term == term
    stopifnot(sum(k) == 1)
    if (!near(rows[k, field], value, 1e-12))
      stop(endpoint, " ", measure, " ", group, " ", method, " ", term, ": ",
           rows[k, field], ", by hand ", value)
  }
  is("N02", "users", "all", "describe", "before", "estimate", 3 / 4)
  is("N02", "users", "all", "describe", "sd:before", "estimate", 1 / 2)
  is("N02", "users", "all", "describe", "after", "estimate", 1)
  is("N02", "users", "all", "mcnemar", "change", "estimate", 1 / 4)
  is("N02", "users", "all", "mcnemar", "change", "std_error",
     sqrt(3 / 4) / 4)
  is("N02", "users", "all", "mcnemar", "change", "statistic", 1)
  is("N02", "users", "all", "mcnemar-exact", "change", "p_value", 1)
  is("N02", "users", "all", "mcnemar-midp", "change", "p_value", 1 / 2)
  is("N02", "dispensings", "all", "describe", "before", "estimate", 1.5)
  is("N02", "dispensings", "all", "describe", "after", "estimate", 1.25)
  is("N02", "dispensings", "all", "paired-t", "change", "estimate", -0.25)
  is("N02", "dispensings", "all", "paired-t", "change", "statistic",
     -0.25 / (sqrt(8.75 / 3) / 2))
  is("N02", "ddd", "all", "describe", "before", "estimate", 10.59375)
  is("N02", "ddd", "all", "describe", "after", "estimate", -1.125)
  is("N02", "ddd", "all", "paired-t", "change", "estimate", -11.71875)
  is("N02", "ddd", "x1", "paired-t", "change", "estimate", -25.9375)
  is("N02", "ddd", "x1", "paired-t", "change", "std_error", 14.0625)
  is("N02", "ddd", "x2+", "paired-t", "change", "estimate", 2.5)
  is("M01", "users", "all", "mcnemar", "change", "std_error", sqrt(2) / 4)
  is("M01", "users", "all", "mcnemar", "change", "p_value", 1)
  is("M01", "users", "all", "mcnemar-midp", "change", "p_value", 0.75)
  is("M01", "ddd", "all", "describe", "before", "estimate", 1.75)
  is("M01", "ddd", "all", "describe", "after", "estimate", 0.50005)
  is("M01", "ddd", "x2+", "describe", "before", "estimate", 3.5)
  is("C10", "ddd", "all", "paired-t", "change", "std_error", 0)
  is("C10", "ddd", "all", "paired-t", "change", "p_value", NA)
  is("C10", "users", "all", "mcnemar", "change", "p_value", NA)
}

main <- function()
{
  rows <- steps <- NULL
  audit <- character(0)
  for (s in STUDIES)
    {
      write_study(s)
      r <- run_study(s)
      rows <- rbind(rows, r$rows)
      steps <- rbind(steps, r$steps)
      audit <- c(audit, paste0("audit ", s$name, ": ",
                               paste(names(r$audit), r$audit,
                                     collapse = ", ")))
    }
  check_by_hand(rows)
  head <- c(paste0("source: other program: ", r_version(), ", base packages"),
            "script: scripts/oracle/before_after.R",
            "data: tests/oracle/data/, all synthetic")
  write_oracle(rows, file.path(OUT_DIR, "before_after.tsv"),
               c(head, "command: recross run OPTIONS, the study file beside the data"),
               COLUMNS)
  write_oracle(steps, file.path(OUT_DIR, "before_after_attrition.tsv"),
               c(head, "step 0: persons with a row within coverage", audit))
}

if (is_main())
  main()
