# Expected values for self-controlled case series (type sccs of a study file).
#
#   Rscript scripts/oracle/sccs.R       from the top folder
#
# writes tests/oracle/data/sccs_*_synthetic.csv, the studies sccs_*.yaml beside
# them and tests/oracle/sccs.tsv.  Base R only.
#
# Every case is taken apart into days, which are counted into cells of age band
# and risk; glm fits a Poisson model with an intercept per case and the offset
# log (days), which has the estimates and standard errors of conditional
# Poisson regression.  A day is in band 1 + the number of cuts before it, so
# that a cut at 365 starts the next band on day 366.  Bands and risks without
# an event are left out with their days, which is the limit of the likelihood
# as their rate goes to 0; the first band with events is the reference.
source("scripts/oracle/oracle_common.R")

write_case <- function(case, comment, d, keys)
  write_study(case, comment, d, keys, "cases", "series", "sccs")

cells_of <- function(d, risks, cuts)
  do.call(rbind, lapply(split(d, d$case), function(z) {
    z <- z[!is.na(z$event), ]
    if (nrow(z) == 0)
      return(NULL)
    day <- z$start[1]:z$end[1]
    age <- colSums(outer(cuts, day, "<")) + 1
    if (length(cuts) == 0)
      age <- rep(1, length(day))
    risk <- rep(0, length(day))
    for (r in seq_along(risks))
      risk[which(day - z$exposure[1] >= risks[[r]][1]
                 & day - z$exposure[1] <= risks[[r]][2])] <- r
    key <- interaction(age, risk, drop = TRUE)
    events <- tabulate(match(z$event, day), length(day))
    stopifnot(sum(events) == nrow(z))
    data.frame(case = as.character(z$case[1]),
               age = as.vector(tapply(age, key, `[`, 1)),
               risk = as.vector(tapply(risk, key, `[`, 1)),
               events = as.vector(tapply(events, key, sum)),
               days = as.vector(table(key)))
  }))

rows_of <- function(d, risks, cuts, level = 0.95)
{
  cells <- cells_of(d, risks, cuts)
  n <- length(unique(cells$case))
  eventful <- function(v) tapply(cells$events, v, sum)
  ages <- as.numeric(names(which(eventful(cells$age) > 0)))
  hit <- as.numeric(names(which(eventful(cells$risk) > 0)))
  kept <- cells[cells$age %in% ages & cells$risk %in% c(0, hit), ]
  terms <- c(setdiff(hit, 0), -setdiff(ages, min(ages)))
  x <- vapply(terms, function(t)
    as.numeric(if (t > 0) kept$risk == t else kept$age == -t),
    numeric(nrow(kept)))
  case <- factor(kept$case)
  g <- if (n > 1)
    glm(events ~ 0 + case + x, poisson, kept, offset = log(days),
        control = list(epsilon = 1e-15, maxit = 200))
  else
    glm(events ~ x, poisson, kept, offset = log(days),
        control = list(epsilon = 1e-15, maxit = 200))
  at <- n + seq_along(terms)
  b <- coef(g)[at]
  se <- sqrt(diag(vcov(g)))[at]
  q <- qnorm((1 + level) / 2)
  rows <- rbind(result_row("sccs", "cases", n),
                result_row("sccs", "deviance", n, deviance(g)))
  add <- function(name, t) {
    i <- match(t, terms)
    if (is.na(i))
      return(rbind(result_row("sccs", name, n),
                   result_row("sccs", paste0("irr:", name), n)))
    p <- 2 * pnorm(-abs(b[i] / se[i]))
    lo <- b[i] - q * se[i]
    hi <- b[i] + q * se[i]
    rbind(result_row("sccs", name, n, b[i], se[i], NA, NA, b[i] / se[i], p, lo,
                     hi),
          result_row("sccs", paste0("irr:", name), n, exp(b[i]), p_value = p,
                     conf_low = exp(lo), conf_high = exp(hi)))
  }
  for (r in seq_along(risks))
    rows <- rbind(rows, add(names(risks)[r], r))
  for (a in seq_along(cuts))
    rows <- rbind(rows, add(paste("age", a + 1), -(a + 1)))
  rows
}

yaml_risks <- function(risks)
  paste0("risks: [", paste0("{name: ", names(risks), ", window: [",
                            vapply(risks, paste, "", collapse = ", "), "]}",
                            collapse = ", "), "]")

main <- function()
{
  all <- NULL
  columns <- "columns: {person: case, start: start, end: end, event: event, exposure: exposure}"
  add <- function(case, comment, d, risks, cuts, level = 0.95, tolerance = TOLERANCE) {
    write_case(case, comment, d,
               c(columns, yaml_risks(risks),
                 if (length(cuts) > 0)
                   paste0("age_cuts: [", paste(cuts, collapse = ", "), "]"),
                 if (level != 0.95) paste("level:", level)))
    all <<- rbind(all, cbind(case = case, data = paste0(case, "_synthetic.csv"),
                             options = paste0(case, ".yaml"), endpoint = "-",
                             measure = "-", group = "-",
                             rows_of(d, risks, cuts, level),
                             tolerance = tolerance))
  }
  simulate <- function(n, from, to, risks, rr, cuts, band) {
    out <- NULL
    for (i in 1:n)
      {
        start <- sample(from, 1)
        end <- sample(to, 1)
        exposure <- if (runif(1) < 0.15) NA else sample(start:end, 1)
        day <- start:end
        rate <- band[colSums(outer(cuts, day, "<")) + 1]
        for (r in seq_along(risks))
          {
            inside <- which(day - exposure >= risks[[r]][1] & day - exposure <= risks[[r]][2])
            rate[inside] <- rate[inside] * rr[r]
          }
        event <- sample(day, 1 + rpois(1, 0.4), TRUE, rate)
        out <- rbind(out, data.frame(case = paste0("C", i), start, end, event,
                                     exposure))
      }
    out[sample(nrow(out)), ]
  }
  set.seed(20260103)

  risks <- list(exposure = c(0, 41))
  cuts <- c(120, 240)
  add("sccs_one", "80 cases, one window, three bands, rows in random order",
      simulate(80, 1:60, 300:365, risks, 3, cuts, c(1, 1.6, 0.7)), risks, cuts)

  risks <- list(before = c(-14, -1), "days 0-6" = c(0, 6), later = c(7, 27))
  cuts <- c(365, 730, 1095)
  add("sccs_three", "120 cases, three windows, one before the exposure",
      simulate(120, 300:500, 900:1400, risks, c(0.6, 5, 2), cuts,
               c(1, 0.8, 0.6, 0.5)), risks, cuts, 0.9)

  risks <- list(exposure = c(0, 20))
  add("sccs_no_age", "25 cases, no bands of age",
      simulate(25, 1:30, 150:200, risks, 2, 1000, c(1, 1)), risks, NULL)

  # the band to 50 has no day, that from 400 no event, the late risk no event
  d <- simulate(30, 60:90, 380:420, list(early = c(0, 30)), 3, 200, c(1, 2))
  late <- d$event > 400 | (!is.na(d$exposure) & d$event - d$exposure >= 31
                           & d$event - d$exposure <= 33)
  d <- d[!late, ]
  add("sccs_no_events", "a band without days, one and a risk without events",
      d, list(early = c(0, 30), late = c(31, 33)), c(50, 200, 400))

  write_oracle(all, file.path(OUT_DIR, "sccs.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", base packages"),
                 "script: scripts/oracle/sccs.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross run OPTIONS, the study file beside the data"),
               COLUMNS)
}

if (is_main())
  main()
