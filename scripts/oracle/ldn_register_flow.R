# ldn_register_flow.R: the flow of the synthetic LDN register, counted by
# another program.
#
# usage: Rscript scripts/oracle/ldn_register_flow.R [FILE [FROM TO]]
#
# FILE defaults to datasets/ldn_register_synthetic.csv.gz, the coverage FROM TO
# to the two dates in the first line of the file.  Base R only.  Prints the
# persons left after each step, the exposure groups, the dispensings in the
# windows, and before/after numbers for a few groups of drugs (all persons
# together, and each exposure group).  Where FILE is the full synthetic
# register, exits 1 unless the counts are the published ones.
#
# Rules: index = first N07BB04 dispensing within 2013; a negative amount is a
# return, it lowers the DDD and is no dispensing; a missing amount is a
# dispensing with 0 DDD; exact duplicates stay; windows are days -730..-1 and
# 0..729 from the index, both ends included; a person whose windows are not
# wholly inside the coverage is dropped.  Whoever is selected counts in every
# group of drugs, zeros included.

args <- commandArgs (trailingOnly = TRUE)
path <- if (length (args) >= 1) args[1] else
  "datasets/ldn_register_synthetic.csv.gz"
connection <- gzfile (path)
head <- readLines (connection, n = 1)
close (connection)
range <- if (length (args) >= 3) args[2:3] else
  regmatches (head, gregexpr ("[0-9]{4}-[0-9]{2}-[0-9]{2}", head))[[1]]
coverage <- as.Date (range)

reg <- read.csv (gzfile (path), comment.char = "#", na.strings = "",
                 colClasses = c (person = "character", date = "character",
                                 atc = "character", ddd = "numeric",
                                 reimbursement = "character",
                                 sex = "character", birth_year = "integer"))
n_outside <- sum (as.Date (reg$date) < coverage[1]
                  | as.Date (reg$date) > coverage[2])
reg$date <- as.Date (reg$date)
reg <- reg[reg$date >= coverage[1] & reg$date <= coverage[2], ]
reg$is_return <- !is.na (reg$ddd) & reg$ddd < 0
reg$amount <- ifelse (is.na (reg$ddd), 0, reg$ddd)

say <- function (what, n) cat (sprintf ("%-48s %7d\n", what, n))
cat (path, "\n")
cat ("coverage", format (coverage[1]), "to", format (coverage[2]), "\n\n")
say ("rows in the coverage", nrow (reg))
say ("rows outside", n_outside)
say ("persons", length (unique (reg$person)))
say ("returns (negative amounts)", sum (reg$is_return))
say ("missing amounts", sum (is.na (reg$ddd)))
say ("exact duplicates of an earlier row",
     sum (duplicated (reg[c ("person", "date", "atc", "ddd", "reimbursement",
                             "sex", "birth_year")])))
sexes <- unique (reg[c ("person", "sex", "birth_year")])
stopifnot (!anyDuplicated (sexes$person), !is.unsorted (reg$date))

# Index date.
ldn <- reg[reg$atc == "N07BB04" & !reg$is_return, ]
in_2013 <- ldn[format (ldn$date, "%Y") == "2013", ]
index <- tapply (as.integer (in_2013$date), in_2013$person, min)
say ("persons with any LDN dispensing", length (unique (ldn$person)))
say ("candidates: first LDN within 2013", length (index))
ever <- tapply (as.integer (ldn$date), ldn$person, min)
say ("  of whom LDN before 2013 too",
     sum (ever[names (index)] < as.integer (as.Date ("2013-01-01"))))

# Who qualifies by 2009 and 2010.
early <- reg[reg$date >= as.Date ("2009-01-01")
             & reg$date <= as.Date ("2010-12-31") & !reg$is_return, ]
g35 <- early[!is.na (early$reimbursement) & early$reimbursement == "G35", ]
n_drugs <- tapply (g35$atc, g35$person, function (x) length (unique (x)))
n_rows <- tapply (g35$atc, g35$person, length)
two <- names (n_drugs)[n_drugs >= 2]
only <- unique (early$person[early$atc %in% c ("L03AB07", "L03AB08",
                                               "L03AX13")])
say ("qualify by drugs, candidates or not", length (union (two, only)))
persons <- names (index)
by_two <- persons %in% two
by_one <- persons %in% only
say ("eligible", sum (by_two | by_one))
say ("  by two reimbursed drugs alone", sum (by_two & !by_one))
say ("  by a drug for MS only alone", sum (!by_two & by_one))
say ("  by both", sum (by_two & by_one))
say ("  not: two rows, but one drug, under G35",
     sum (!by_two & !by_one & persons %in% names (n_rows)[n_rows >= 2]))
selected <- persons[by_two | by_one]
index <- index[selected]

# Coverage guard.
covered <- index - 730 >= as.integer (coverage[1]) &
  index + 729 <= as.integer (coverage[2])
say ("dropped: windows not covered", sum (!covered))
index <- index[covered]
selected <- names (index)
say ("selected", length (selected))
say ("  women", sum (sexes$sex[match (selected, sexes$person)] == "F"))

# Windows.
mine <- reg[reg$person %in% selected, ]
mine$offset <- as.integer (mine$date) - index[mine$person]
mine <- mine[mine$offset >= -730 & mine$offset <= 729, ]
mine$late <- mine$offset >= 0
dispensed <- mine[!mine$is_return, ]
is_ldn <- dispensed$atc == "N07BB04"
say ("dispensings in the windows", nrow (dispensed))
say ("  of LDN, before the index", sum (is_ldn & !dispensed$late))
say ("  of LDN, from the index on", sum (is_ldn & dispensed$late))
say ("returns in the windows", sum (mine$is_return))
count <- table (factor (dispensed$person[is_ldn & dispensed$late],
                        levels = selected))
group <- cut (as.integer (count), c (0, 1, 3, Inf),
              labels = c ("x1", "x2-3", "x4+"))
for (level in levels (group))
  say (paste ("group", level), sum (group == level))
ages <- 2013 - sexes$birth_year[match (selected, sexes$person)]
cat (sprintf ("mean age in 2013 %.1f, in group x1 %.1f\n", mean (ages),
              mean (ages[group == "x1"])))

# Before and after.
outcomes <- c (dmt = "^(L03AB07|L03AB08|L03AX13|L04AA27|L04AA31|N07XX09)$",
               injected = "^(L03AB07|L03AB08|L03AX13)$",
               analgesics = "^N02", antispastics = "^M03BX",
               antidepressants = "^N06A", bladder = "^G04BD",
               hypnotics = "^N05C", "all but LDN" = "^(?!N07BB04)")
per_person <- function (values, rows)
  vapply (split (values[rows], factor (mine$person[rows], levels = selected)),
          sum, 0)
cat (sprintf ("\n%-16s %-5s %4s %15s %17s %21s %8s %7s %8s\n", "outcome",
              "group", "n", "users", "dispensings", "ddd", "change", "se",
              "p"))
for (name in names (outcomes))
  {
    hit <- grepl (outcomes[[name]], mine$atc, perl = TRUE)
    d <- sapply (c (FALSE, TRUE), function (late)
      per_person (as.integer (!mine$is_return), hit & mine$late == late))
    a <- sapply (c (FALSE, TRUE), function (late)
      per_person (mine$amount, hit & mine$late == late))
    for (level in c ("all", levels (group)))
      {
        who <- if (level == "all") rep (TRUE, length (selected)) else
          group == level
        test <- t.test (a[who, 2] - a[who, 1])
        cat (sprintf (paste ("%-16s %-5s %4d %6d -> %5d %7d -> %6d",
                             "%9.2f -> %8.2f %8.2f %7.2f %8.4f\n"), name,
                      level, sum (who), sum (d[who, 1] > 0),
                      sum (d[who, 2] > 0), sum (d[who, 1]), sum (d[who, 2]),
                      sum (a[who, 1]), sum (a[who, 2]), test$estimate,
                      test$stderr, test$p.value))
      }
  }

if (basename (path) == "ldn_register_synthetic.csv.gz" && length (args) < 2)
  {
    found <- c (length (selected), nrow (dispensed),
                sum (is_ldn & dispensed$late), sum (group == "x4+"),
                sum (is_ldn & !dispensed$late))
    ok <- all (found == c (341, 20921, 1744, 211, 0)) && length (persons) >= 2000
    cat (if (ok) "\ncounts as published\n" else "\nCOUNTS DIFFER\n")
    if (!ok) quit (status = 1)
  }
