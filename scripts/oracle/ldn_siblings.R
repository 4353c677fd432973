# Expected rows of the studies that stand for published ones (arthritis, bowel,
# opioids, psychotropics), by R's own tests on sums made person by person, from
# the shipped synthetic registers alone.
#
#   Rscript scripts/oracle/ldn_siblings.R    from the top folder
#
# writes tests/oracle/ldn_siblings.tsv; stops unless the persons of each group
# are as many as the papers print.  Knows nothing of the generator.
#
# The rules: index = first N07BB04 in 2013; windows of 365 days a year, before
# the index and from it on; groups by the N07BB04 dispensings from the index on
# within the window: 1, 2-3, 4 and more; users = at least one dispensing; who
# is in the study counts in every outcome.

source("scripts/oracle/oracle_common.R")

steroid <- "SYSTEMIC-STEROID"; tnf <- "TNF-INHIBITOR"
other <- "OTHER-IMMUNOSUPPRESSANT"
intestinal <- c("INTESTINAL-STEROID", "AMINOSALICYLATE")

rows_in <- function(reg, keep, from, to)
  table(reg$person[keep & reg$date >= as.Date(from)
                   & reg$date <= as.Date(to)])
at_least <- function(count, n)
  names(count)[count >= n]

STUDIES <- list(
  opioids = list(
    years = 1, reference = "x1", persons = c(NA, NA, NA, 3775),
    outcomes = list(opioids = "OPIOID"),
    eligible = function(reg, index)
      {
        offset <- as.integer(reg$date) - index[reg$person]
        unique(reg$person[which(grepl("^OPIOID-", reg$drug) & offset >= -365
                                & offset <= -1)])
      }),
  bowel = list(
    years = 2, reference = "x1", persons = c(189, 137, 256, 582),
    outcomes = list("all drugs studied" = c(steroid, tnf, other, intestinal),
                    "systemic immunosuppressants" = c(steroid, tnf, other),
                    "systemic corticosteroids" = steroid,
                    "TNF-alpha inhibitors" = tnf,
                    "other systemic immunosuppressants" = other,
                    "intestinal anti-inflammatory drugs" = intestinal,
                    "intestinal corticosteroids" = intestinal[1],
                    aminosalicylates = intestinal[2]),
    eligible = function(reg, index)
      at_least(rows_in(reg, reg$reimbursement %in% "BOWEL", "2010-01-01",
                       "2012-12-31"), 1)),
  arthritis = list(
    years = 1, reference = "x1", persons = c(NA, NA, NA, 360),
    outcomes = list("all examined medicines"
                      = c("ANALGESIC", "DMARD", "EXAMINED"),
                    analgesics = "ANALGESIC", DMARD = "DMARD"),
    eligible = function(reg, index)
      {
        l88 <- reg$reimbursement %in% "L88"
        intersect(at_least(rows_in(reg, l88, "2011-01-01", "2011-12-31"), 2),
                  at_least(rows_in(reg, l88, "2012-01-01", "2012-12-31"), 2))
      }),
  psychotropics = list(
    years = 1, reference = "x4+", persons = c(3590, 2554, 5103, 11247),
    outcomes = list(antiepileptics = "ANTIEPILEPTIC",
                    antipsychotics = "ANTIPSYCHOTIC",
                    antidepressants = "ANTIDEPRESSANT"),
    eligible = function(reg, index) names(index)))

LEVELS <- c("x1", "x2-3", "x4+")

paired_t <- function(d)
  {
    t <- t.test(round(100 * d)) # whole numbers: a mean of 0 is 0
    result_row("paired-t", "change", length(d), t$estimate / 100,
               t$stderr / 100, df = t$parameter, statistic = t$statistic,
               p_value = t$p.value, conf_low = t$conf.int[1] / 100,
               conf_high = t$conf.int[2] / 100)
  }

mcnemar <- function(before, after)
  {
    n <- length(before)
    d <- after - before
    cells <- table(factor(before, 0:1), factor(after, 0:1))
    se <- sqrt((sum(d != 0) - sum(d)^2 / n)) / n
    test <- mcnemar.test(cells, correct = FALSE)
    z <- qnorm(0.975)
    result_row("mcnemar", "change", n, mean(d), se, df_num = 1,
               statistic = test$statistic, p_value = test$p.value,
               conf_low = mean(d) - z * se, conf_high = mean(d) + z * se)
  }

welch <- function(a, b, term)
  {
    t <- t.test(a, b)
    result_row("difference-in-differences", term, length(a) + length(b),
               mean(a) - mean(b), t$stderr, df = t$parameter,
               statistic = t$statistic, p_value = t$p.value,
               conf_low = t$conf.int[1], conf_high = t$conf.int[2])
  }

one_study <- function(name)
  {
    s <- STUDIES[[name]]
    path <- sprintf("datasets/ldn_%s_synthetic.csv.gz", name)
    reg <- read.csv(gzfile(path), comment.char = "#", na.strings = "")
    reg$date <- as.Date(reg$date)
    window <- 365 * s$years
    first <- reg[reg$drug == "N07BB04" & reg$date >= as.Date("2013-01-01")
                 & reg$date <= as.Date("2013-12-31"), ]
    index <- tapply(as.integer(first$date), first$person, min)
    index <- index[names(index) %in% s$eligible(reg, index)]
    reg <- reg[reg$person %in% names(index), ]
    offset <- as.integer(reg$date) - index[reg$person]
    persons <- names(index)
    tally <- function(keep, what)
      {
        sum <- setNames(numeric(length(persons)), persons)
        found <- tapply(what[keep], reg$person[keep], sum)
        sum[names(found)] <- found
        sum
      }
    before <- offset >= -window & offset <= -1
    after <- offset >= 0 & offset <= window - 1
    ldn <- tally(reg$drug == "N07BB04" & after, rep(1, nrow(reg)))
    level <- LEVELS[1 + (ldn >= 2) + (ldn >= 4)]
    found <- c(table(factor(level, LEVELS)), length(persons))
    cat(name, found, "\n")
    stopifnot(all(is.na(s$persons) | found == s$persons))
    out <- list()
    add <- function(row, endpoint, measure, group)
      out[[length(out) + 1]] <<- cbind(
        case = paste0("ldn-", name, "-synthetic"), data = basename(path),
        options = "-", endpoint = endpoint, measure = measure, group = group,
        row, tolerance = TOLERANCE)
    for (endpoint in names(s$outcomes))
      {
        drug <- sub("-[ABC]$", "", reg$drug) %in% s$outcomes[[endpoint]]
        # hundredths: whole numbers, so that sums are exact
        hundredths <- round(100 * reg$ddd)
        b <- tally(drug & before, hundredths) / 100
        a <- tally(drug & after, hundredths) / 100
        ub <- as.numeric(tally(drug & before, rep(1, nrow(reg))) > 0)
        ua <- as.numeric(tally(drug & after, rep(1, nrow(reg))) > 0)
        for (group in c("all", LEVELS))
          {
            i <- group == "all" | level == group
            add(paired_t((a - b)[i]), endpoint, "ddd", group)
            add(mcnemar(ub[i], ua[i]), endpoint, "users", group)
            add(result_row("relative-change", "change", sum(i),
                           100 * (sum(a[i]) / sum(b[i]) - 1)),
                endpoint, "ddd", group)
            add(result_row("relative-change", "change", sum(i),
                           100 * (sum(ua[i]) - sum(ub[i])) / sum(ub[i])),
                endpoint, "users", group)
          }
        for (group in setdiff(LEVELS, s$reference))
          {
            term <- paste(group, "-", s$reference)
            i <- level == group
            k <- level == s$reference
            add(welch((a - b)[i], (a - b)[k], term), endpoint, "ddd", "all")
            add(welch((ua - ub)[i], (ua - ub)[k], term), endpoint, "users",
                "all")
          }
      }
    do.call(rbind, out)
  }

rows <- do.call(rbind, lapply(names(STUDIES), one_study))
write_oracle(rows, file.path(OUT_DIR, "ldn_siblings.tsv"),
             c(paste("source: other program:", r_version(), "base packages"),
               "script: scripts/oracle/ldn_siblings.R",
               "data: datasets/, all synthetic; case is the study file",
               "compared by tests/check_reenactments"), COLUMNS)
