# Expected values for series, sequence symmetry and case series that are found
# in a dispensing register (`from:` and lists of drugs in a study file).
#
#   Rscript scripts/oracle/in_register.R        from the top folder
#
# writes tests/oracle/data/in_register_synthetic.csv, the studies in_*.yaml
# beside it and tests/oracle/in_register.tsv.  Rows of the register are counted
# with R's own dates (cut into months, weeks, quarters); models as in
# its_more.R and sccs_more.R, ratios as in pssa.R.
#
# A dispensing is a row whose amount is not negative (missing is none); ddd
# sums take all amounts there are; rows outside the coverage do not count, and
# points not wholly inside it are left out.
source("scripts/oracle/oracle_common.R")
load_from <- function(script)
{
  e <- new.env()
  sys.source(file.path("scripts/oracle", script), e)
  e
}
ITS <- load_from("its_more.R")
SCCS <- load_from("sccs_more.R")
PSSA <- load_from("pssa.R")

DATA <- "in_register_synthetic.csv"
DRUGS <- c("N02AA01", "N02BE01", "N07BB04", "C10AA05", "M01AE01")

make_register <- function()
{
  set.seed(20260209)
  d <- do.call(rbind, lapply(1:150, function(i) {
    n <- 1 + rpois(1, 14)
    data.frame(person = sprintf("P%03d", i),
               date = as.Date("2010-12-20") + sample(0:1130, n, TRUE),
               atc = sample(DRUGS, n, TRUE, c(4, 5, 2, 4, 3)),
               ddd = ifelse(runif(n) < 0.03, NA,
                            round(ifelse(runif(n) < 0.04, -1, 1)
                                  * rexp(n, 1 / 20), 2)))
  }))
  # two rows on one day, and the two drugs of a pair on one day
  d <- rbind(d, d[5:9, ], transform(d[d$atc == "N07BB04", ][1:6, ],
                                    atc = "N02BE01"))
  d <- d[sample(nrow(d)), ]
  con <- file(file.path(DATA_DIR, DATA), "wb")
  writeLines(c("# synthetic: 150 made-up persons, drawn at random",
               "person,date,atc,ddd",
               paste(d$person, d$date, d$atc, ifelse(is.na(d$ddd), "", d$ddd),
                     sep = ",")), con, sep = "\n")
  close(con)
  d$dispensing <- is.na(d$ddd) | d$ddd >= 0
  d
}

write_study <- function(case, type, keys)
{
  con <- file(file.path(DATA_DIR, paste0(case, ".yaml")), "wb")
  writeLines(c("recross: 1", paste("study:", case), "data:",
               paste0("  - {name: dispensings, file: ", DATA,
                      ", layout: columns,"),
               "     columns: {person: person, date: date, drug: atc, amount: ddd}}",
               "analyses:", "  - name: found", paste("    type:", type),
               "    from: dispensings", paste0("    ", keys)), con,
             sep = "\n")
  close(con)
}

# Counts per point; breaks: the first days of the points and of what follows.
points_of <- function(d, has, breaks, measure)
{
  d <- d[d$date >= breaks[1] & d$date < breaks[length(breaks)], ]
  at <- factor(findInterval(d$date, breaks), seq_len(length(breaks) - 1))
  drug <- has(d$atc)
  persons <- function(rows)
    vapply(split(d$person[rows], at[rows]), function(p) length(unique(p)), 0)
  value <- switch(measure,
                  dispensings = tabulate(at[drug & d$dispensing],
                                         nlevels(at)),
                  users = persons(drug & d$dispensing),
                  ddd = vapply(split(d$ddd[drug], at[drug]), sum, 0,
                               na.rm = TRUE))
  list(value = unname(value), active = unname(persons(d$dispensing)),
       days = as.numeric(diff(breaks)))
}

main <- function()
{
  all <- NULL
  add <- function(case, endpoint, rows, group = "-")
    all <<- rbind(all, cbind(case = case, data = DATA,
                             options = paste0(case, ".yaml"),
                             endpoint = endpoint, measure = "-",
                             group = group, rows, tolerance = TOLERANCE))
  d <- make_register()
  tight <- list(epsilon = 1e-15, maxit = 100)
  inside <- d[d$date >= as.Date("2011-01-10")
              & d$date <= as.Date("2013-12-20"), ]
  coverage <- "coverage: {from: 2011-01-10, to: 2013-12-20}"

  # --- users a month per 1000 active persons; February 2011 to November 2013
  breaks <- seq(as.Date("2011-02-01"), as.Date("2013-12-01"), "month")
  p <- points_of(inside, function(a) startsWith(a, "N02"), breaks, "users")
  write_study("in_its_month", "its",
              c(coverage, "drugs: [N02*]", "measure: users",
                "population: active", "per: 1000", "interruptions: [2012-06]",
                "effects: [2013-01]",
                "methods: [segmented-quasipoisson, counterfactual]"))
  t <- seq_along(p$value)
  n <- length(t)
  level <- as.numeric(t >= 17)
  slope <- pmax(0, t - 17)
  m <- glm(p$value ~ t + level + slope + offset(log(p$active / 1000)),
           quasipoisson, control = tight)
  e <- ITS$exact(m)
  x <- model.matrix(m)
  z <- x
  z[, c("level", "slope")] <- 0
  four <- c("intercept", "trend", "level-change", "trend-change")
  add("in_its_month", "users",
      rbind(ITS$wald("segmented-quasipoisson", four, e$b, e$v,
                     df.residual(m), n),
            ITS$course(x, z, t, 1000 * p$value / p$active, 17, 24, e$b, e$v, df.residual(m), n, TRUE)))

  # --- ddd a week, over the whole range of the data; interrupted in the middle
  # of the week before point 80
  breaks <- seq(min(d$date), max(d$date) + 1, 7)
  p <- points_of(d, function(a) a == "C10AA05", breaks, "ddd")
  write_study("in_its_week", "its",
              c("drugs: [C10AA05]", "measure: ddd", "every: week",
                paste0("interruptions: [", format(breaks[80] - 3), "]"),
                "model: segmented-ols",
                "methods: [segmented-ols, counterfactual]"))
  t <- seq_along(p$value)
  n <- length(t)
  level <- as.numeric(t >= 80)
  slope <- pmax(0, t - 80)
  m <- lm(p$value ~ t + level + slope)
  x <- model.matrix(m)
  z <- x
  z[, c("level", "slope")] <- 0
  add("in_its_week", "ddd",
      rbind(ITS$wald("segmented-ols", four, coef(m), vcov(m), df.residual(m), n),
            ITS$course(x, z, t, p$value, 80, n, coef(m), vcov(m),
                       df.residual(m), n, FALSE)))

  # --- dispensings a quarter per 1000 person-days, one drug left out
  breaks <- seq(as.Date("2011-04-01"), as.Date("2013-10-01"), "quarter")
  p <- points_of(inside, function(a) a != "N07BB04", breaks, "dispensings")
  persons <- length(unique(inside$person))
  write_study("in_its_quarter", "its",
              c(coverage, "drugs: [\"*\"]", "except: [N07BB04]",
                "every: quarter", "population: person-days", "per: 1000",
                "interruptions: [5]", "trend_change: false",
                "methods: [segmented-poisson, counterfactual]",
                "model: segmented-poisson"))
  t <- seq_along(p$value)
  n <- length(t)
  level <- as.numeric(t >= 5)
  m <- glm(p$value ~ t + level + offset(log(persons * p$days / 1000)),
           poisson, control = tight)
  e <- ITS$exact(m)
  x <- model.matrix(m)
  z <- x
  z[, "level"] <- 0
  add("in_its_quarter", "dispensings",
      rbind(ITS$wald("segmented-poisson", four[1:3], e$b, e$v, NA, n),
            ITS$course(x, z, t, 1000 * p$value / persons / p$days, 5, n,
                       e$b, e$v, NA, n, TRUE)))

  # --- dispensings a month of a drug and of a control
  breaks <- seq(as.Date("2011-02-01"), as.Date("2013-12-01"), "month")
  p <- points_of(inside, function(a) a == "M01AE01", breaks, "dispensings")
  o <- points_of(inside, function(a) a == "C10AA05", breaks, "dispensings")
  write_study("in_its_control", "its",
              c(coverage, "drugs: [M01AE01]", "control: [C10*]",
                "population: days", "per: 30", "interruptions: [2012-05-20]",
                "methods: [segmented-poisson, counterfactual]",
                "model: segmented-poisson"))
  n <- length(p$value)
  l <- data.frame(y = c(p$value, o$value), t = c(1:n, 1:n),
                  days = c(p$days, o$days), g = rep(1:0, each = n))
  l$l1 <- as.numeric(l$t >= 17)
  l$s1 <- pmax(0, l$t - 17)
  m <- glm(y ~ t + l1 + s1 + g + I(g * t) + I(g * l1) + I(g * s1)
           + offset(log(days / 30)), poisson, l, control = tight)
  e <- ITS$exact(m)
  x <- model.matrix(m)
  z <- x
  z[, c("I(g * l1)", "I(g * s1)")] <- 0
  own <- l$g == 1
  add("in_its_control", "dispensings",
      rbind(ITS$wald("segmented-poisson",
                     c(four, "group", paste0("group:", four[-1])), e$b, e$v,
                     NA, 2 * n),
            ITS$course(x[own, ], z[own, ], 1:n, 30 * p$value / p$days, 17, n,
                       e$b, e$v, NA, 2 * n, TRUE)))

  # --- the first days of two drugs after a run-in, two windows, bars
  starts <- function(has, run_in) {
    z <- inside[inside$dispensing & has(inside$atc), ]
    first <- tapply(as.numeric(z$date), z$person, min)
    old <- first < as.numeric(as.Date("2011-01-10")) + run_in
    first[!old]
  }
  index <- starts(function(a) a == "N07BB04", 60)
  marker <- starts(function(a) startsWith(a, "N02"), 60)
  everyone <- union(names(index), names(marker))
  write_study("in_pssa", "pssa",
              c(coverage, "drugs: {index: [N07BB04], marker: [N02*]}",
                "run_in: 60", "window: [90, 400]", "bin: 60",
                "methods: [pssa, pssa-histogram]"))
  i <- unname(index[everyone])
  m <- unname(marker[everyone])
  for (w in c(90, 400))
    add("in_pssa", "-", PSSA$rows_of(i, m, w), paste(w, "days"))
  apart <- (m - i)[!is.na(i) & !is.na(m)]
  edges <- c(1, 61, 121, 181, 241, 301, 361, 401)
  bars <- NULL
  for (b in 1:7)
    {
      from <- edges[b]
      to <- edges[b + 1] - 1
      bars <- rbind(bars,
        result_row("pssa-histogram", sprintf("days %d to %d", from, to),
                   length(apart), sum(apart >= from & apart <= to)),
        result_row("pssa-histogram", sprintf("days %d to %d", -to, -from),
                   length(apart), sum(apart <= -from & apart >= -to)))
    }
  add("in_pssa", "-", bars)

  # --- case series: first events, two exposures, seasons and calendar time
  from <- as.numeric(as.Date("2011-01-10"))
  to <- as.numeric(as.Date("2013-12-20"))
  doses_of <- function(person, has) {
    z <- inside[inside$person == person & inside$dispensing
                & has(inside$atc), ]
    sort(unique(as.numeric(z$date)))
  }
  found <- function(run_in, first, event, exposures, take_first) {
    out <- list()
    for (person in sort(unique(inside$person)))
      {
        e <- doses_of(person, event)
        if (first && length(e) > 0 && e[1] < from + run_in)
          next
        e <- e[e >= from + run_in]
        if (length(e) == 0)
          next
        doses <- lapply(exposures, function(h) doses_of(person, h))
        doses[take_first] <- lapply(doses[take_first], head, 1)
        out[[length(out) + 1]] <- list(start = from + run_in, end = to,
                                       event = if (first) e[1] else e,
                                       doses = doses)
      }
    out
  }
  season <- function(day, i)
    (as.POSIXlt(as.Date(day, origin = "1970-01-01"))$mon) %/% 3 + 1
  cuts <- as.numeric(as.Date(c("2011-12-31", "2012-12-31")))
  write_study("in_sccs_first", "sccs",
              c(coverage, "drugs: {event: [C10*]}", "run_in: 30",
                paste0("season: [[1, 2, 3], [4, 5, 6], [7, 8, 9], ",
                       "[10, 11, 12]]"),
                "calendar_cuts: [2011-12-31, 2012-12-31]", "exposures:",
                paste0("  - {name: pain, drugs: [N02*], risks: [{name: ",
                       "before, window: [-28, -1]}, {name: after, window: ",
                       "[0, 55]}]}"),
                paste0("  - {name: other, drugs: [M01AE01], take: first, ",
                       "risks: [{name: long, window: [0, 200]}]}")))
  cases <- found(30, TRUE, function(a) startsWith(a, "C10"),
                 list(function(a) startsWith(a, "N02"),
                      function(a) a == "M01AE01"), 2)
  add("in_sccs_first", "-",
      SCCS$rows_of(cases, list(list(before = c(-28, -1), after = c(0, 55)),
                               list(long = c(0, 200))),
                   SCCS$by_cuts(cuts), season, 3, 4, "period",
                   c("pain", "other")))

  write_study("in_sccs_all", "sccs",
              c(coverage, "drugs: {event: [M01AE01], exposure: [N02*, C10*]}",
                "events: all",
                "risks: [{name: month, window: [1, 30]}]"))
  cases <- found(0, FALSE, function(a) a == "M01AE01",
                 list(function(a) startsWith(a, "N02") | startsWith(a, "C10")),
                 integer(0))
  add("in_sccs_all", "-",
      SCCS$rows_of(cases, list(list(month = c(1, 30))), SCCS$none, SCCS$none,
                   1, 0))

  write_oracle(all, file.path(OUT_DIR, "in_register.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", base packages"),
                 "script: scripts/oracle/in_register.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross run OPTIONS, the study file beside the data"),
               COLUMNS)
}

if (is_main())
  main()
