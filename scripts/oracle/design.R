# Efficiency and standard errors of crossover designs.
#
#   Rscript scripts/oracle/design.R   from the top folder
#
# writes tests/oracle/design.tsv: options of `recross design`, measure, group,
# term, the efficiency (NA for carryovers) and the standard error.  Differences
# come from the Moore-Penrose inverse of the information matrix of the whole
# model (subjects, periods, treatments, carryovers as dummies), nothing centred
# or left out; a difference is estimable when it lies in the row space.  The
# sequences of named designs are written out here or built by other rules than
# in the program: Williams squares from the cyclic terraces of Bailey (1984,
# Appl Stat 33:328-334), orthogonal squares of 4 from a printed pair.

source("scripts/oracle/oracle_common.R")
library(MASS)

ginv_at <- function(m) ginv(m, tol = 1e-10)

# Carryover of each kind: when it counts, and from how many periods before.
PARTS <- list(
  "none" = list(),
  "first-order" = list(carryover = list(function(before, now) TRUE, 1)),
  "second-order" = list(carryover = list(function(before, now) TRUE, 1), carryover2 = list(function(before, now) TRUE, 2)),
  "self-mixed" = list("carryover-mixed" = list(function(before, now) before != now, 1),
                      "carryover-self" = list(function(before, now) before == now, 1)),
  "no-self" = list(carryover = list(function(before, now) before != now, 1)),
  "decay" = list(carryover = list(function(before, now) before == now, 1)))

information <- function(sequences, model) {
  p <- nchar(sequences[1]); letters_used <- sort(unique(strsplit(paste(sequences, collapse = ""), "")[[1]]))
  rows <- do.call(rbind, lapply(seq_along(sequences), function(s) {
    g <- strsplit(sequences[s], "")[[1]]
    data.frame(s = s, p = seq_len(p), t = g)
  }))
  before <- function(lag) {
    at <- match(paste(rows$s, rows$p - lag), paste(rows$s, rows$p))
    ifelse(is.na(at), "none", rows$t[at])
  }
  dummy <- function(x, levels) outer(x, levels, "==") * 1
  x <- cbind(dummy(rows$s, seq_along(sequences)), dummy(rows$p, seq_len(p)), dummy(rows$t, letters_used))
  at_t <- ncol(x) - length(letters_used)
  at <- list(treatment = at_t)
  for (part in names(PARTS[[model]])) {
    rule <- PARTS[[model]][[part]]
    b <- before(rule[[2]])
    at[[part]] <- ncol(x)
    x <- cbind(x, dummy(ifelse(b != "none" & rule[[1]](b, rows$t), b, "none"), letters_used))
  }
  list(x = x, at = at, labels = letters_used,
       uses = colSums(dummy(rows$t, letters_used)))
}

variance <- function(x, contrast) {
  v <- ginv_at(crossprod(x))
  projected <- drop(crossprod(x) %*% v %*% contrast)
  if (max(abs(projected - contrast)) > 1e-8) return(NA)
  drop(contrast %*% v %*% contrast)
}

design_rows <- function(options, sequences, n = length(sequences), sd = 1, model = "first-order") {
  out <- NULL
  what_of <- c(list(c("treatment", "no carryover"), c("treatment", "carryover")),
               lapply(names(PARTS[[model]]), function(part) c(part, "carryover")))
  for (what in what_of) {
    m <- information(sequences, if (what[2] == "carryover") model else "none")
    at <- m$at[[what[1]]]
    for (i in seq_along(m$labels)) for (j in seq_along(m$labels)) if (j > i) {
      l <- rep(0, ncol(m$x)); l[at + j] <- 1; l[at + i] <- -1
      v <- variance(m$x, l)
      out <- rbind(out, data.frame(options = options, measure = what[1], group = what[2],
        term = paste0(m$labels[j], "-", m$labels[i]), n = n,
        estimate = if (what[1] == "treatment") (1 / m$uses[[i]] + 1 / m$uses[[j]]) / v else NA,
        std_error = sd * sqrt(v * length(sequences) / n)))
    }
  }
  out
}

# Williams: even t, one terrace 0, 1, t-1, 2, ...; odd t, its reverse too.
williams <- function(t) {
  terrace <- cumsum(c(0, seq_len(t - 1) * rep(c(1, -1), length.out = t - 1))) %% t
  square <- sapply(seq_len(t) - 1, function(s) paste(LETTERS[(terrace + s) %% t + 1], collapse = ""))
  if (t %% 2 == 1) square <- c(square, sapply(square, function(s) paste(rev(strsplit(s, "")[[1]]), collapse = "")))
  unname(square)
}
# Fisher & Yates' three orthogonal squares of side 4 (rows are sequences)
orthogonal4 <- c("ABCD", "BADC", "CDAB", "DCBA", "ACDB", "BDCA", "CABD", "DBAC", "ADBC", "BCAD", "CBDA", "DACB")
orthogonal_prime <- function(t) unlist(lapply(seq_len(t - 1), function(a) sapply(seq_len(t) - 1, function(i)
  paste(LETTERS[(i + a * (seq_len(t) - 1)) %% t + 1], collapse = ""))))
cut_to <- function(s, p) substr(s, 1, p)
pairs <- function(t) { g <- expand.grid(i = LETTERS[1:t], j = LETTERS[1:t], stringsAsFactors = FALSE)
  with(g[g$i != g$j, ], paste0(i, j)) }

rows <- rbind(
  design_rows("ab-ba", c("AB", "BA")),
  design_rows("ab-ba --n 24 --sd 8", c("AB", "BA"), 24, 8),
  design_rows("balaam", c("AB", "BA", "AA", "BB")),
  design_rows("abb-baa", c("ABB", "BAA")),
  design_rows("aba-bab --n 17 --sd 0.3", c("ABA", "BAB"), 17, 0.3),
  design_rows("partial-replicate", c("ABB", "BAB", "BBA")),
  design_rows("abab-baba", c("ABAB", "BABA")),
  design_rows("abba-baab", c("ABBA", "BAAB")),
  design_rows("aabb-bbaa", c("AABB", "BBAA")),
  design_rows("four-sequence-replicate", c("ABAB", "BABA", "ABBA", "BAAB")),
  design_rows("latin-square --treatments 3", c("ABC", "BCA", "CAB")),
  design_rows("latin-square --treatments 5 --n 20", c("ABCDE", "BCDEA", "CDEAB", "DEABC", "EABCD"), 20),
  do.call(rbind, lapply(2:7, function(t) design_rows(paste("williams --treatments", t), williams(t)))),
  do.call(rbind, lapply(c(3, 5), function(t) design_rows(paste("orthogonal --treatments", t), orthogonal_prime(t)))),
  do.call(rbind, lapply(2:4, function(p) design_rows(paste("orthogonal --treatments 4 --periods", p), cut_to(orthogonal4, p)))),
  design_rows("orthogonal --treatments 7 --periods 3", cut_to(orthogonal_prime(7), 3)),
  do.call(rbind, lapply(3:4, function(t) design_rows(paste("pairs --treatments", t), pairs(t)))),
  design_rows("n-of-1 --periods 4", c("ABAB", "ABBA", "BAAB", "BABA")),
  do.call(rbind, lapply(setdiff(names(PARTS), c("none", "first-order")), function(model) {
    option <- function(design) paste(design, "--carryover-model", model)
    rbind(design_rows(option("four-sequence-replicate"), c("ABAB", "BABA", "ABBA", "BAAB"), model = model),
          design_rows(option("AABB,BBAA,ABBA,BAAB"), c("AABB", "BBAA", "ABBA", "BAAB"), model = model),
          design_rows(option("ABCC,BCAA,CABB,ACBB,BACC,CBAA"), c("ABCC", "BCAA", "CABB", "ACBB", "BACC", "CBAA"), model = model),
          design_rows(option("williams --treatments 4"), williams(4), model = model))
  })),
  design_rows("ABC,BCA,CBA,ACC", c("ABC", "BCA", "CBA", "ACC")),
  design_rows("AAB,BBA,ABA", c("AAB", "BBA", "ABA")))

con <- file("tests/oracle/design.tsv", "w")
writeLines(c("# source: other program: R 4.2.2, package MASS",
  "# script: scripts/oracle/design.R",
  "# options: recross design OPTIONS; estimate: efficiency of a treatment difference"), con)
rows$estimate <- ifelse(is.na(rows$estimate), "NA", sprintf("%.15g", rows$estimate))
rows$std_error <- ifelse(is.na(rows$std_error), "NA", sprintf("%.15g", rows$std_error))
write.table(rows, con, sep = "\t", quote = FALSE, row.names = FALSE)
close(con)
