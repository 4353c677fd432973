# Packages turned into DDD: a made-up table of DDDs, made-up packages, and the
# arithmetic row by row.  Run from the top folder:
#
#   Rscript scripts/oracle/ddd.R
#
# The DDDs are invented: none is one of the ATC index.
source("scripts/oracle/oracle_common.R")

# how much of g, U, mol, ml a unit is
units <- list(g = c("mass", 1), mg = c("mass", 1e-3), mcg = c("mass", 1e-6),
              ug = c("mass", 1e-6), U = c("activity", 1), IU = c("activity", 1),
              TU = c("activity", 1e3), MU = c("activity", 1e6),
              mmol = c("amount", 1), ml = c("volume", 1), UD = c("doses", 1))

table <- read.csv(text = "atc,route,ddd,unit,valid_from,valid_to
X01AA01,O,3,g,,2011-06-30
X01AA01,O,2.5,g,2011-07-01,
X01AA01,R,2000,mg,,
X01BB02,,75,mg,2010-01-01,2011-12-31
X01BB02,,100,mg,2012-01-01,2012-12-31
X02CC03,P,2,TU,,
X02CC03,O,0.004,MU,,
X03DD04,,2,UD,,
X04EE05,O,20,mcg,,
X05FF06,O,90,mmol,,
X06GG07,N,1.5,ml,,", colClasses = "character")

ddd_of <- function(p)
{
  if (is.na(p$packs) || is.na(p$tablets))
    amount <- NA
  else
    amount <- p$packs * p$tablets
  e <- table[table$atc == p$drug, ]
  if (nrow(e) == 0)
    return(list(NA, "not-in-table"))
  if (p$route != "")
    {
      own <- e[e$route == p$route | e$route == "", ]
      if (nrow(own) == 0)
        return(list(NA, "other-route"))
      e <- own
    }
  e <- e[(e$valid_from == "" | e$valid_from <= p$date) &
           (e$valid_to == "" | e$valid_to >= p$date), ]
  if (nrow(e) == 0)
    return(list(NA, "other-date"))
  if (p$route == "" && length(unique(e$route)) > 1)
    return(list(NA, "route-missing"))
  if (p$route != "" && any(e$route == p$route))
    e <- e[e$route == p$route, ]
  stopifnot(nrow(e) == 1)
  if (is.na(amount))
    return(list(NA, "no-packs"))
  if (e$unit == "UD")
    return(list(amount / as.numeric(e$ddd), "converted"))
  if (p$strength == "")
    return(list(NA, "no-strength"))
  if (is.na(suppressWarnings(as.numeric(p$strength))))
    return(list(NA, "several-strengths"))
  if (!p$unit %in% names(units))
    return(list(NA, "unit-unknown"))
  a <- units[[p$unit]]
  b <- units[[e$unit]]
  if (a[1] != b[1])
    return(list(NA, "unit-of-another-kind"))
  list(amount * as.numeric(p$strength) * as.numeric(a[2]) /
         (as.numeric(e$ddd) * as.numeric(b[2])), "converted")
}

main <- function()
{
  set.seed(20261122)
  n <- 400
  pick <- function(x, ...) sample(x, n, TRUE, ...)
  p <- data.frame(
    person = pick(1:90),
    date = format(as.Date("2010-01-01") + pick(0:1200), "%Y-%m-%d"),
    drug = pick(c(unique(table$atc), "X99ZZ99"),
                prob = c(4, 3, 2, 2, 2, 1, 1, 1)),
    packs = pick(c(1, 2, 3, -1, NA), prob = c(8, 4, 2, 1, 1)),
    tablets = pick(c(10, 28, 30, 100)),
    strength = pick(c("50", "0.5", "250", "20", "160/12.5", ""),
                    prob = c(5, 4, 4, 3, 1, 1)),
    unit = pick(c("mg", "g", "mcg", "ug", "IU", "TU", "mmol", "ml", "tabl"),
                prob = c(8, 4, 2, 1, 2, 1, 2, 2, 1)),
    route = pick(c("O", "P", "R", ""), prob = c(8, 2, 1, 2)),
    stringsAsFactors = FALSE)
  r <- lapply(seq_len(n), function(i) ddd_of(p[i, ]))
  ddd <- as.numeric(sapply(r, `[[`, 1))
  why <- sapply(r, `[[`, 2)

  put <- function(file, about, d)
  {
    d[is.na(d)] <- "NA"
    con <- file(file.path(DATA_DIR, file), "wb")
    writeLines(c(paste("# synthetic:", about), "# made by scripts/oracle/ddd.R",
                 paste(names(d), collapse = ","),
                 do.call(paste, c(unname(as.list(d)), sep = ","))), con)
    close(con)
  }
  put("ddd_packages_synthetic.csv", "four hundred made-up packages", p)
  put("ddd_table_synthetic.csv", "made-up DDDs, none of the ATC index", table)

  m <- "ddd-conversion"
  rows <- result_row(m, "converted", n, sum(why == "converted"))
  rows$endpoint <- "-"
  for (w in setdiff(unique(why), "converted"))
    rows <- rbind(rows, cbind(result_row(m, paste("not-converted", w), n,
                                         sum(why == w)), endpoint = "-"))
  for (d in sort(unique(p$drug)))
    {
      x <- ddd[p$drug == d & why == "converted"]
      rows <- rbind(rows, cbind(result_row(m, "ddd", length(x),
                                           if (length(x)) sum(x) else NA),
                                endpoint = d))
    }
  rows <- cbind(case = "ddd", data = "ddd_packages_synthetic.csv",
                options = "ddd_table_synthetic.csv", measure = "-", group = "-",
                rows, tolerance = TOLERANCE)
  write_oracle(rows, file.path(OUT_DIR, "ddd_conversion.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", arithmetic row by row"),
                 "script: scripts/oracle/ddd.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross ddd DATA --table OPTIONS (tests/run_ddd_oracle)"),
               COLUMNS)
  # every row with its DDD, as --write gives it
  out <- data.frame(ddd = number(ddd), ddd_note = ifelse(why == "converted", "",
                                                         why))
  con <- file(file.path(OUT_DIR, "ddd_rows.tsv"), "wb")
  writeLines(c("# source: scripts/oracle/ddd.R, the rows of ddd_packages in order",
               "ddd\tddd_note", paste(out$ddd, out$ddd_note, sep = "\t")), con)
  close(con)
  print(base::table(why))
}

if (is_main())
  main()
