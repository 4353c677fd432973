# Makes the synthetic data of tests/oracle/data/.
#
#   Rscript scripts/oracle/make_data.R       from the top folder
#
# Nobody is behind these numbers.  The generators are fixed below, so the files
# come out the same bytes; each file has its own seed.  Files that are written
# out by hand here (tiny4, single, ..., reg_tiny) have their rows in the text.

source("scripts/oracle/oracle_common.R")
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

save_csv <- function(d, stem, note)
{
  file <- file.path(DATA_DIR, paste0(stem, "_synthetic.csv"))
  con <- file(file, "wb")
  on.exit(close(con))
  writeLines(c(paste("# synthetic:", note), paste(names(d), collapse = ","),
               do.call(paste, c(unname(as.list(d)), sep = ","))),
             con, sep = "\n")
}

shuffle <- function(d)
  d[sample(nrow(d)), , drop = FALSE]

# ---- crossover -------------------------------------------------------------

# Long rows from one vector of text per sequence and period.
long_form <- function(ab1, ab2, ba1, ba2, seqs = c("AB", "BA"),
                      trts = c("A", "B"), digits = 3)
{
  n1 <- length(ab1)
  n2 <- length(ba1)
  id <- sprintf(paste0("S%0", digits, "d"), seq_len(n1 + n2))
  id1 <- id[seq_len(n1)]
  id2 <- id[n1 + seq_len(n2)]
  data.frame(subject = c(id1, id1, id2, id2),
             sequence = rep(seqs, c(2 * n1, 2 * n2)),
             period = c(rep(1:2, each = n1), rep(1:2, each = n2)),
             treatment = c(rep(trts, each = n1), rep(rev(trts), each = n2)),
             response = c(ab1, ab2, ba1, ba2), stringsAsFactors = FALSE)
}

# Responses of n subjects: person, treatment and period effects, noise; text with
# `places` decimals.
simulate <- function(n1, n2, mu, sd_between, sd_within, effect, period, places,
                     round_to = 10^-places)
{
  txt <- function(v)
    sprintf(paste0("%.", places, "f"), round(v / round_to) * round_to)
  b <- rnorm(n1 + n2, mu, sd_between)
  e <- matrix(rnorm(2 * (n1 + n2), 0, sd_within), ncol = 2)
  i <- seq_len(n1)
  j <- n1 + seq_len(n2)
  list(txt(b[i] + effect + e[i, 1]), txt(b[i] + period + e[i, 2]),
       txt(b[j] + e[j, 1]), txt(b[j] + effect + period + e[j, 2]))
}

long_sim <- function(...)
  do.call(long_form, simulate(...))

make_crossover <- function()
{
  # four subjects
  save_csv(long_form(c(12, 15), c(9, 13), c(10, 14), c(11, 18)), "xo_tiny4",
           "two subjects in each sequence")

  # 15 + 8, one decimal, and the same numbers one row per subject
  set.seed(101)
  d <- long_sim(15, 8, 48, 9, 4, -2.5, 1.2, 1)
  save_csv(shuffle(d), "xo_unbalanced", "15 and 8 subjects, rows shuffled")
  w <- d[d$period == 1, c("subject", "sequence")]
  w$p1 <- d$response[d$period == 1]
  w$p2 <- d$response[d$period == 2]
  save_csv(shuffle(w), "xo_unbalanced_wide",
           "xo_unbalanced with one row per subject")

  # 22 + 18, integers 0 to 5: most differences tied, many zero
  set.seed(102)
  x <- lapply(simulate(22, 18, 2.4, 1, 0.8, 0.7, -0.2, 0),
              function(v) as.character(pmin(5, pmax(0, as.integer(v)))))
  save_csv(shuffle(do.call(long_form, x)), "xo_ties",
           "22 and 18 subjects, scores 0 to 5, heavy ties")

  # 9 + 7, tenths, written in several ways; 0.3-0.1, 0.4-0.2, 0.9-0.7 and
  # 1.1-0.9 are one number, and 0.1+0.2 is 0.3+0
  save_csv(shuffle(long_form(
    c("0.3", "0.4", "0.9", "1.1", "0.70", "0.6", "0.1", "0.8", "3e-1"),
    c("0.1", "0.2", "0.7", "0.9", "0.4", "0.60", "0.2", "0.5", "0.0"),
    c("0.1", "0.5", "0.7", "1.2", "0.3", ".9", "0.2"),
    c("0.3", "0.7", "0.4", "0.9", "0.3", "1.1", "+0.1"),
    seqs = c("FS", "SF"), trts = c("F", "S"))), "xo_decimal_ties",
    "9 and 7 subjects, tenths whose differences are tied in decimals only")

  # 17 + 13 with NA, empty and . cells, two whole rows gone
  set.seed(104)
  d <- long_sim(17, 13, 30, 5, 3, 2, 0.5, 2)
  at <- function(s, p) which(d$subject == s & d$period == p)
  d$response[at("S003", 1)] <- "NA"
  d$response[at("S008", 2)] <- ""
  d$response[at("S011", 2)] <- "."
  d$response[at("S019", 1)] <- ""
  d$response[at("S024", 2)] <- "NA"
  d$response[at("S027", 1)] <- "."
  d$response[at("S027", 2)] <- "NA"
  w <- d[d$period == 1, c("subject", "sequence")]
  names(w) <- c("patient", "order")
  w$first <- d$response[d$period == 1]
  w$second <- d$response[d$period == 2]
  d <- d[-c(at("S005", 2), at("S030", 1)), ]
  save_csv(shuffle(d), "xo_missing",
           "17 and 13 subjects; NA, empty and . cells, two rows not there")
  w$second[w$patient == "S005"] <- ""
  w$first[w$patient == "S030"] <- "."
  save_csv(shuffle(w), "xo_missing_wide",
           "xo_missing with one row per subject")

  # 6 + 6, one incomplete subject in each sequence, one of them by a missing row
  set.seed(105)
  d <- long_sim(6, 6, 100, 12, 6, -5, 2, 0)
  d$response[d$subject == "S010" & d$period == 1] <- "NA"
  d <- d[!(d$subject == "S002" & d$period == 2), ]
  save_csv(shuffle(d), "xo_missing_row",
           "6 and 6 subjects, one incomplete in each sequence")

  # 6 + 1
  save_csv(shuffle(long_form(c(7.1, 6.4, 8.8, 5.9, 7.7, 6.0),
                             c(6.5, 6.6, 7.2, 5.1, 7.9, 4.6), 6.9, 8.3)),
           "xo_single", "one subject in the sequence BA")

  # nobody in BA complete
  d <- long_form(c(21, 25, 19, 30, 27), c(18, 24, 20, 26, 22),
                 c(23, NA, 20), c(NA, 28, "."))
  d$response[is.na(d$response)] <- "NA"
  save_csv(shuffle(d), "xo_empty_sequence",
           "no completer in the sequence BA")

  # the same difference for everybody in AB
  save_csv(shuffle(long_form(c(14, 20, 9, 17, 11, 25), c(11, 17, 6, 14, 8, 22),
                             c(13, 16, 21, 10, 12), c(15, 16, 27, 9, 16))),
           "xo_zero_variance_one", "period differences constant in AB")

  # constant in both, in decimals only: 0.2 in AB and -0.1 in BA
  save_csv(shuffle(long_form(c("0.3", "0.9", "1.1", "0.6"),
                             c("0.1", "0.7", "0.9", "0.4"),
                             c("0.2", "0.7", "0.3", "1.1"),
                             c("0.3", "0.8", "0.4", "1.2"))),
           "xo_zero_variance_both",
           "period differences 0.2 in AB and -0.1 in BA, in decimals")

  # A - B is 3 in everybody
  save_csv(shuffle(long_form(c(8, 11, 15), c(5, 8, 12), c(9, 4, 13),
                             c(12, 7, 16))), "xo_constant",
           "A minus B is 3 in every subject")

  # nothing changes in anybody
  save_csv(shuffle(long_form(c(5, 8, 2, 9, 7), c(5, 8, 2, 9, 7), c(4, 6, 9, 1),
                             c(4, 6, 9, 1))), "xo_all_zero",
           "no subject changes")

  # 11 + 7, signs mixed, three decimals, own column names, arms 1 and 2
  set.seed(110)
  x <- simulate(11, 7, 0, 1.5, 0.9, -0.6, 0.1, 3)
  d <- do.call(long_form, c(x, list(seqs = c("1", "2"),
                                    trts = c("placebo", "ldn"))))
  names(d) <- c("id", "arm", "visit", "drug", "score")
  save_csv(shuffle(d)[c("visit", "score", "id", "drug", "arm")], "xo_negative",
           "11 and 7 subjects, values of either sign")

  # 12 + 8 on top of 1e9, quarters: exact in binary, hard on one-pass sums
  set.seed(111)
  save_csv(shuffle(long_sim(12, 8, 1e9, 6, 2, 1.5, -0.5, 2, 0.25)), "xo_offset",
           "1e9 plus a few quarters")

  # 10 + 9 on top of 1e6, tenths: ties that the doubles do not show
  set.seed(112)
  save_csv(shuffle(long_sim(10, 9, 1e6, 1, 0.4, 0.5, 0.1, 1)),
           "xo_offset_decimal", "1e6 plus a few tenths")

  # 30 + 30, a large effect: p far out in the tail
  set.seed(113)
  save_csv(shuffle(long_sim(30, 30, 55, 11, 2.2, 9, -1, 2)), "xo_n60",
           "30 and 30 subjects, a large effect")

  # 7 + 9 without a sequence column; one large number in the 1e+05 style
  set.seed(114)
  d <- long_sim(7, 9, 99000, 900, 400, 300, 100, 0)
  d$response[5] <- "1e+05"
  save_csv(shuffle(d)[c("subject", "period", "treatment", "response")],
           "xo_no_sequence", "7 and 9 subjects, no sequence column")

  # 14 + 12, three endpoints, each with its own missing cells
  set.seed(115)
  d <- long_sim(14, 12, 310, 40, 18, 22, -4, 0)
  names(d)[5] <- "pef"
  d$fev1 <- unlist(simulate(14, 12, 2.4, 0.5, 0.2, 0.15, 0, 2))
  d$symptoms <- as.character(pmax(0, as.integer(
    unlist(simulate(14, 12, 3, 1.2, 0.9, -0.8, 0.2, 0)))))
  d$fev1[c(4, 31)] <- c("NA", "")
  d$symptoms[c(9, 20, 50)] <- c("", ".", "NA")
  save_csv(shuffle(d), "xo_endpoints",
           "14 and 12 subjects, three endpoints with different missing cells")
}

# ---- dispensing registers --------------------------------------------------

day <- function(x) as.integer(as.Date(x))
iso <- function(x) format(as.Date(x, origin = "1970-01-01"))
pick <- function(x, n, prob = NULL) x[sample.int(length(x), n, TRUE, prob)]

# Amounts in units of 1e-4 as the shortest text
dose_text <- function(v)
{
  t <- sprintf("%.4f", v / 1e4)
  sub("\\.$", "", sub("0+$", "", t))
}

make_doses <- function(n)
{
  v <- pick(c(100000, 280000, 25200, 333333, 50000, 1001, 142857, 900, 75000,
              560000, 11, 306250), n) * pick(1:3, n)
  out <- dose_text(v)
  u <- runif(n)
  ret <- u < 0.035
  out[ret] <- paste0("-", out[ret])
  gap <- u >= 0.035 & u < 0.07
  out[gap] <- pick(c("", "NA", "."), sum(gap))
  nil <- u >= 0.07 & u < 0.085
  out[nil] <- pick(c("0", "0.0"), sum(nil))
  out
}

# 300 persons, 6,000 rows; windows two years on either side of the index, so that
# 2012-01-01 and 2014-01-01 are the first and last index that fit into 2010-2015.
make_reg_large <- function()
{
  set.seed(201)
  people <- sprintf("%05d", sample(10000:99999, 300))
  edge <- c("2011-12-31", "2012-01-01", "2012-01-02", "2012-02-29",
            "2013-12-31", "2014-01-01", "2014-01-02", "2011-06-01",
            "2014-06-30")
  index <- pick(day("2011-06-01"):day("2014-06-30"), 300)
  inside <- runif(300) < 0.6
  index[inside] <- pick(day("2012-01-01"):day("2014-01-01"), sum(inside))
  index[1:45] <- rep(day(edge), 5)
  index[46:48] <- day("2011-05-31") # a day too early to be an index at all
  never <- 276:300
  codes <- c("L03AB07", "L03AB08", "L03AX13", "L03AX1", "L04AA27", "N02AA01",
             "N02AJ06", "N02BE01", "N02", "N02A", "M03BX01", "C10AA05",
             "N03AX12", "N07BB0", "N07BB01", "N07BB04X")
  weight <- c(6, 4, 5, 1, 3, 6, 5, 9, 1, 1, 5, 6, 4, 1, 1, 1)
  inds <- c("G35", "G35.1", "G350", "N86", "", "NA")
  ind <- function(drug)
  {
    ms <- startsWith(drug, "L0") | drug == "M03BX01"
    ifelse(ms, pick(inds, length(drug), c(6, 1, 1, 2, 1, 1)),
           pick(inds, length(drug), c(1, 0.2, 0.2, 1, 6, 1)))
  }
  rows <- list()
  add <- function(person, date, drug, amount)
    rows[[length(rows) + 1]] <<-
      data.frame(person = people[person], date = date, drug = drug,
                 amount = amount, stringsAsFactors = FALSE)
  for (i in seq_along(people)[-never])
    {
      add(i, index[i], "N07BB04", pick(c("2.52", "5.04", "2.5200", ""), 1))
      more <- pick(0:7, 1, c(5, 3, 3, 2, 2, 2, 1, 1))
      if (more > 0)
        add(i, index[i] + pick(c(0, 1, 20:729, 728, 729, 730), more),
            "N07BB04", make_doses(more))
      if (i %% 9 == 0) # before the index period: no wash-out is asked for
        add(i, day("2010-01-01") + pick(0:400, 1), "N07BB04", "2.52")
      if (i %% 11 == 0) # returned before it was ever dispensed
        add(i, index[i] - 1, "N07BB04", "-2.52")
      edge_days <- c(-731, -730, -1, 0, 729, 730)
      k <- pick(edge_days, 3)
      add(i, index[i] + k, pick(codes, 3, weight), make_doses(3))
    }
  for (i in seq_along(people)) # the reason to be included, for most
    if (runif(1) < 0.8)
      add(i, pick(day("2009-12-01"):day("2012-01-31"), 3),
          pick(c("L03AB07", "L03AX13", "L04AA27", "M03BX01"), 3),
          make_doses(3))
  d <- do.call(rbind, rows)
  habit <- matrix(pick(codes, 300 * 4, weight), ncol = 4)
  rest <- 6000 - 130 - nrow(d)
  who <- sample.int(300, rest, TRUE, prob = rexp(300) + 0.3)
  f <- data.frame(person = people[who],
                  date = pick(day("2009-07-01"):day("2016-06-30"), rest),
                  drug = habit[cbind(who, pick(1:4, rest))],
                  amount = make_doses(rest), stringsAsFactors = FALSE)
  same <- sample.int(rest, 150) # two rows on one day
  f$date[same] <- f$date[(same %% rest) + 1]
  f$person[same] <- f$person[(same %% rest) + 1]
  d <- rbind(d, f)
  d$indication <- ind(d$drug)
  d <- rbind(d, d[sample.int(nrow(d), 130), ]) # exact duplicates
  k <- match(d$person, people)
  sex <- pick(c("F", "M"), 300, c(3, 1))
  born <- pick(1935:1992, 300)
  save_csv(shuffle(data.frame(person = d$person, date = iso(d$date),
                              atc = d$drug, ddd = d$amount,
                              reimbursement = d$indication, sex = sex[k],
                              birth_year = born[k])),
           "reg_large", "300 persons, 6,000 dispensings, nobody real")
}

# 60 persons, 900 rows; coverage 2011-03-01 to 2013-02-28, windows of 90 days
# without the index day: 2011-05-30 and 2012-11-30 are the first and last index
# that fit.
make_reg_medium <- function()
{
  set.seed(202)
  people <- paste0("p-", sample(letters), sprintf("%02d", 1:60))
  index <- pick(day("2011-05-30"):day("2012-11-30"), 60)
  index[1:14] <- rep(day(c("2011-05-29", "2011-05-30", "2011-05-31",
                           "2012-02-29", "2012-11-29", "2012-11-30",
                           "2012-12-01")), 2)
  index[15] <- day("2012-05-29") # its window reaches over no leap day
  codes <- c("N02BE01", "N02BE", "N02AA05", "M01AE01", "M01AE", "R03AC02",
             "A02BC01", "N05CF01")
  rows <- list()
  add <- function(person, date, drug, amount)
    rows[[length(rows) + 1]] <<-
      data.frame(person = people[person], date = date, drug = drug,
                 amount = amount, stringsAsFactors = FALSE)
  for (i in 1:57)
    {
      add(i, index[i], pick(c("N07BB04", "N07BB05"), 1), "1.26")
      # dispensings in [0, 90] beside the first: one person alone has just one
      more <- if (i == 15) 0 else if (i == 16) 3 else
        if (i %% 3 == 0) pick(4:6, 1) else pick(1:2, 1)
      if (more > 0)
        add(i, index[i] + pick(c(0, 5:90, 90), more),
            pick(c("N07BB04", "N07BB05", "N07BB"), more),
            pick(c("1.26", "", "0", "2.52"), more))
      if (i %% 4 == 0) # a return, which is no dispensing, and one out of reach
        add(i, index[i] + c(30, 91), c("N07BB04", "N07BB05"),
            c("-1.26", "1.26"))
      k <- pick(c(-91, -90, -89, -1, 0, 1, 89, 90, 91), 6)
      add(i, index[i] + k, pick(codes, 6), make_doses(6))
    }
  add(58, day("2012-03-03"), "N07BB04", "-1.26") # returned, never dispensed
  add(59, day("2011-02-28"), "N07BB04", "1.26") # a day before coverage
  d <- do.call(rbind, rows)
  rest <- 880 - nrow(d)
  who <- sample.int(60, rest, TRUE, prob = rexp(60) + 0.2)
  d <- rbind(d, data.frame(person = people[who],
                           date = pick(day("2011-01-15"):day("2013-04-10"),
                                       rest),
                           drug = pick(codes, rest), amount = make_doses(rest),
                           stringsAsFactors = FALSE))
  d$indication <- pick(c("L88", "M05", "M05.8", "", "."), nrow(d),
                       c(3, 3, 1, 2, 0.5))
  d <- rbind(d, d[sample.int(nrow(d), 20), ])
  save_csv(shuffle(data.frame(code = d$drug, pid = d$person,
                              dispensed = iso(d$date), reason = d$indication,
                              dose = d$amount)),
           "reg_medium", "60 persons, 900 dispensings, nobody real")
}

make_crossover()
make_reg_large()
make_reg_medium()
