# A register with a map of its codes and a file of its persons: who is dropped
# for which reason, and what the others had.  Person by person, by the rules.
# Run from the top folder:
#
#   Rscript scripts/oracle/persons.R
#
# writes reg_codes_synthetic.csv and reg_persons_synthetic.csv in
# tests/oracle/data/, and tests/oracle/persons.tsv from
# tests/oracle/data/reg_persons.yaml, whose keys stand here once more.
source("scripts/oracle/oracle_common.R")
set.seed(20261122)

COVERAGE <- as.Date(c("2010-01-01", "2015-12-31"))
INDEX <- as.Date(c("2010-06-01", "2014-12-31"))
BEFORE <- c(-365, -1)
AFTER <- c(0, 364)

raw <- read_text_csv("reg_large_synthetic.csv")
ids <- sort(unique(raw$person))

# ---- the two files beside the register --------------------------------------

born <- as.Date("1930-01-01") + sample(0:29000, length(ids), replace = TRUE)
chance <- runif(length(ids))
somewhere <- as.Date("2010-01-01") + sample(0:2190, length(ids), replace = TRUE)
persons <- data.frame(
  id = ids, came = "", died = "", left = "",
  gender = ifelse(runif(length(ids)) < 0.7, "female", "male"),
  born = format(born, "%d.%m.%Y"), stringsAsFactors = FALSE)
dmy <- format(somewhere, "%d.%m.%Y")
persons$came[chance < 0.15] <- dmy[chance < 0.15]
persons$died[chance > 0.9] <- dmy[chance > 0.9]
persons$left[chance > 0.8 & chance < 0.92] <-
  format(somewhere - 40, "%d.%m.%Y")[chance > 0.8 & chance < 0.92]
persons$born[seq(7, length(ids), by = 31)] <- ""
persons <- persons[-seq(5, length(ids), by = 17), ]
persons <- rbind(persons, data.frame(id = c("elsewhere-1", "elsewhere-2"),
                                     came = "", died = "", left = "",
                                     gender = "male", born = ""))
persons <- persons[sample(nrow(persons)), ]
codes <- data.frame(local = c("L03AB07", "L03AB08", "L03AX13", "M03BX01"),
                    common = c("DMT1", "DMT1", "DMT2", ""))

write_beside <- function(table, name)
{
  path <- file.path(DATA_DIR, name)
  text <- c(paste0("# synthetic: made by scripts/oracle/persons.R, nobody ",
                   "real"),
            paste(names(table), collapse = ","),
            do.call(paste, c(unname(table), sep = ",")))
  writeLines(text, path)
}
write_beside(persons, "reg_persons_synthetic.csv")
write_beside(codes, "reg_codes_synthetic.csv")

# ---- rows ---------------------------------------------------------------------

dose <- decimals(raw$ddd)
d <- data.frame(person = raw$person, day = as.integer(as.Date(raw$date)),
                drug = raw$atc, units = ifelse(is.na(dose$int), 0, dose$int),
                disp = is.na(dose$int) | dose$int >= 0)
hit <- match(d$drug, codes$local)
mapped <- !is.na(hit) & codes$common[hit] != ""
d$drug[mapped] <- codes$common[hit[mapped]]

day <- function(text, otherwise)
  ifelse(text == "", otherwise,
         as.integer(as.Date(text, format = "%d.%m.%Y")))
at <- match(d$person, persons$id)
came <- day(persons$came, -1e6)
died <- day(persons$died, 1e6)
left <- day(persons$left, 1e6)
early <- !is.na(at) & d$day < came[at]
dead <- !is.na(at) & !early & d$day > pmin(died, left)[at] &
  (left >= died)[at]
gone <- !is.na(at) & !early & d$day > pmin(died, left)[at] &
  (left < died)[at]
audit <- c("mapped" = sum(mapped), "unmapped" = sum(!mapped),
           "not in the file" = sum(!(ids %in% persons$id)),
           "only in the file" = sum(!(persons$id %in% ids)),
           "before entry" = sum(early), "after death" = sum(dead),
           "after emigration" = sum(gone))
d <- d[!early & !dead & !gone, ]
inside <- d$day >= as.integer(COVERAGE[1]) & d$day <= as.integer(COVERAGE[2])
d <- d[inside, ]

# ---- persons ------------------------------------------------------------------

span <- as.integer(COVERAGE)
chosen <- list()
reasons <- c()
for (id in ids)
  {
    p <- d[d$person == id, ]
    why <- NA
    me <- match(id, persons$id)
    if (nrow(p) == 0)
      { reasons <- c(reasons, 0); next }
    index <- p$day[p$drug == "N07BB04" & p$disp
                   & p$day >= as.integer(INDEX[1])
                   & p$day <= as.integer(INDEX[2])]
    if (length(index) == 0)
      { reasons <- c(reasons, 1); next }
    i <- min(index)
    year <- if (is.na(me) || persons$born[me] == "") NA else
      as.integer(substr(persons$born[me], 7, 10))
    age <- as.integer(format(as.Date(i, origin = "1970-01-01"), "%Y")) - year
    from <- i + BEFORE[1]
    to <- i + AFTER[2]
    end <- if (is.na(me)) NA else min(died[me], left[me])
    why <-
      if ((is.na(age) || age < 20 || age > 80)
          && sum(startsWith(p$drug, "N02")) < 3) 2
      else if (from < span[1] || to > span[2]) 3
      else if (is.na(me)) 4
      else if (from < came[me]) 5
      else if (to > end && left[me] >= died[me]) 6
      else if (to > end) 7
      else 8
    reasons <- c(reasons, why)
    if (why == 8)
      chosen[[length(chosen) + 1]] <- cbind(p, since = p$day - i)
  }

steps <- c(
  "persons in the register (coverage 2010-01-01 to 2015-12-31)",
  "index: first N07BB04 from 2010-06-01 to 2014-12-31",
  "age 20 to 80 at the index, or at least 3 rows of N02*",
  "before window [-365, -1] and after window [0, 364] inside the coverage",
  "in the file of persons",
  "there from the first day of the windows on",
  "alive until the last day of the windows",
  "not emigrated until the last day of the windows")
rows <- NULL
for (s in seq_along(steps))
  rows <- rbind(rows, cbind(
    endpoint = "cohort", measure = "",
    result_row("cohort", sprintf("step %d: %s", s - 1, steps[s]),
               sum(reasons > s - 1), sum(reasons == s - 1))))

# ---- what they had ------------------------------------------------------------

outcomes <- list(
  dmt = function(x) startsWith(x, "DMT"),
  analgesics = function(x) startsWith(x, "N02"),
  `by the file` = function(x) x == "M03BX01",
  mapped = function(x) x %in% c("L03AB07", "L03AB08"))
paired <- function(change)
{
  n <- length(change)
  se <- sd(change) / sqrt(n)
  if (se == 0)
    return(result_row("paired-t", "change", n, mean(change), se, df = n - 1))
  t <- mean(change) / se
  q <- qt(0.975, n - 1) * se
  result_row("paired-t", "change", n, mean(change), se, df = n - 1,
             statistic = t, p_value = 2 * pt(-abs(t), n - 1),
             conf_low = mean(change) - q, conf_high = mean(change) + q)
}
for (o in names(outcomes))
  for (m in c("dispensings", "ddd"))
    {
      value <- function(p, w)
      {
        own <- outcomes[[o]](p$drug) & p$since >= w[1] & p$since <= w[2]
        if (m == "ddd") sum(p$units[own]) / dose$scale
        else sum(p$disp[own])
      }
      change <- vapply(chosen, function(p) value(p, AFTER) - value(p, BEFORE),
                       0)
      rows <- rbind(rows, cbind(endpoint = o, measure = m, paired(change)))
    }
rows <- cbind(case = "reg_persons", data = "reg_large_synthetic.csv",
              options = "reg_persons.yaml", group = "all", rows,
              tolerance = TOLERANCE)
# the same amounts, said to be days of treatment
days <- rows[rows$measure == "ddd", ]
days$measure <- "treatment-days"
days$case <- "reg_persons_days"
days$options <- "reg_persons_days.yaml"
rows <- rbind(rows, days)
write_oracle(rows, file.path(OUT_DIR, "persons.tsv"),
             c(paste0("source: other program: ", r_version(),
                      ", base packages"),
               "script: scripts/oracle/persons.R",
               "data: tests/oracle/data/, all synthetic",
               "command: recross run OPTIONS, the study file beside the data",
               paste0("audit: ", paste(audit, names(audit), collapse = ", "))),
             COLUMNS)
print(table(reasons))
