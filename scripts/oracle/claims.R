# Expected findings of the checks of printed claims, from the definitions.
#
#   Rscript scripts/oracle/claims.R            from the top folder
#
# reads datasets/claims.tsv, datasets/claims_checks.tsv and the small ledger
# tests/oracle/data/claims_tiny*.tsv, and writes tests/oracle/claim_check.tsv:
# of each check of the kinds below the value, the interval and the verdict, and
# the verdict of each claim that these kinds alone bear on.
#
# Numbers are read here in a way of their own: decimals are counted in the
# cell, and a number in the printed text with other decimals stops the script.
# Sums and quotients are taken at all combinations of the ends of their
# intervals; whole persons are tried one by one; a test is all corners of the
# lines that its printed figures draw in the plane of difference and SE.

read_tsv <- function(path)
  read.delim(path, quote = "", na.strings = character(0), comment.char = "#",
             colClasses = "character", encoding = "UTF-8", check.names = FALSE)

# ---- a printed number: low, high, point, decimals, bound
below <- "^(under|less than|no more than|up to|<)"
above <- "^(over|more than|mer enn|at least|longer than|>)"
about <- "^(about|approximately|approx|around|nearly|om lag)"

number <- function(cell, exact = FALSE, rough = FALSE) {
  s <- sub(",", ".", cell, fixed = TRUE)
  x <- as.numeric(s)
  d <- if (grepl(".", s, fixed = TRUE)) nchar(sub("^[^.]*[.]", "", s)) else 0
  unit <- 10^-d
  if (rough && d == 0) while (x %% (10 * unit) == 0) unit <- 10 * unit
  h <- if (exact) 0 else unit / 2
  list(low = x - h, high = x + h, x = x, d = d)
}

said <- function(claim, part) {
  v <- tolower(claim$verbatim_number)
  none <- list(low = NA, high = NA, x = NA, d = NA)
  if (part == "p") {
    s <- sub("^[pP]? *", "", claim$p_text)
    if (!grepl("^[<=]", s)) return(none)
    p <- number(sub("^[<=] *", "", s))
    if (grepl("^<", s)) { p$low <- 0; p$high <- p$x; p$x <- NA }
    return(p)
  }
  cell <- claim[[part]]
  if (part != "estimate") {
    if (cell == "") return(none)
    return(number(sub("^SE *", "", cell), exact = claim$estimate == ""))
  }
  if (claim$unit %in% c("year", "year-month", "decade")) {
    if (grepl("s$", cell)) { y <- as.numeric(sub("s", "", cell)); return(list(low = y, high = y + 10, x = NA, d = 0)) }
    part <- as.numeric(strsplit(cell, "-")[[1]])
    if (length(part) == 2)
      return(list(low = part[1] + (part[2] - 1) / 12, high = part[1] + part[2] / 12, x = NA, d = 0))
    return(list(low = part, high = part + 1, x = part, d = 0))
  }
  if (cell == "") {
    if (claim$ci_low == "" || grepl(":", claim$ci_low)) return(none)
    return(list(low = as.numeric(claim$ci_low), high = as.numeric(claim$ci_high), x = NA, d = 0))
  }
  out <- number(cell, claim$measure == "count", grepl(about, v))
  # the printed text must have the digits of the cell
  found <- regmatches(v, gregexpr("[0-9]+[.,][0-9]+|[0-9]+", v))[[1]]
  for (f in found) {
    g <- sub(",", ".", f)
    if (!grepl("^[0-9]+,[0-9]{3}$", f) && isTRUE(as.numeric(g) == abs(out$x))
        && nchar(sub("^[^.]*[.]?", "", g)) != out$d) stop("digits of ", claim$id)
  }
  if (grepl("2/3", v)) { out$low <- 150 / 3; out$high <- 250 / 3 }
  if (grepl(below, v)) { out$low <- -Inf; out$high <- out$x; out$bound <- TRUE }
  if (grepl(above, v)) { out$low <- out$x; out$high <- Inf; out$bound <- TRUE }
  out
}

# ---- verdicts
slack <- 1e-11
meets <- function(p, low, high) {
  s <- slack * max(abs(p$x), 1e-300, na.rm = TRUE)
  low <= p$high + s && high >= p$low - s
}
judge <- function(p, value, low, high) {
  verdict <- if (is.na(low) || is.na(high) || (is.infinite(low) && is.infinite(high))) "not-recomputable"
    else if (!is.na(value) && !is.na(p$x) && is.null(p$bound) && meets(p, value, value)) "reproduced"
    else if (meets(p, low, high)) "consistent" else "inconsistent"
  list(value, low, high, verdict)
}
ends <- function(u) c(u$low, u$high)
point <- function(u) if (is.null(u$bound)) u$x else NA

over_ends <- function(used, f) {          # all combinations of ends
  grid <- as.matrix(expand.grid(lapply(used, ends)))
  range(apply(grid, 1, f))
}

option <- function(text, name, default = NA) {
  m <- regmatches(text, regexec(paste0("(^|; *)", name, "=([^;]*)"), text))[[1]]
  if (length(m) == 0) default else m[3]
}

# ---- tests: corners of difference d and standard error s >= 0
corners <- function(lines) {              # rows: a d + b s = e, as inequalities a d + b s >= e
  out <- NULL
  for (i in seq_len(nrow(lines) - 1)) for (j in (i + 1):nrow(lines)) {
    m <- lines[c(i, j), 1:2]
    if (abs(det(m)) < 1e-14) next
    p <- solve(m, lines[c(i, j), 3])
    if (all(lines[, 1:2] %*% p - lines[, 3] >= -1e-10 * (abs(lines[, 1:2]) %*% abs(p) + abs(lines[, 3]) + 1e-12)))
      out <- rbind(out, p)
  }
  out
}
test_at <- function(part, parts, used, df) {
  q <- qt(0.975, df)
  row <- list(estimate = c(1, 0), spread = c(0, 1), ci_low = c(1, -q), ci_high = c(1, q))
  lines <- rbind(c(0, 1, 0))
  for (i in seq_along(parts)) {
    r <- row[[parts[i]]]
    lines <- rbind(lines, c(r, used[[i]]$low), c(-r, -used[[i]]$high))
  }
  k <- corners(lines)
  x <- sapply(used, `[[`, "x")
  names(x) <- parts
  if (part == "estimate") return(c(range(k[, 1]), mean(x[c("ci_low", "ci_high")])))
  t <- k[, 1] / k[, 2]
  t <- if (min(t) < 0 && max(t) > 0) c(0, max(abs(t))) else range(abs(t))
  s <- if ("spread" %in% parts) x[["spread"]] else (x[["ci_high"]] - x[["ci_low"]]) / (2 * q)
  c(rev(2 * pt(t, df, lower.tail = FALSE)), 2 * pt(abs(x[["estimate"]]) / s, df, lower.tail = FALSE))
}

kinds <- list(
  same = function(p, used, ck, claim) {
    u <- used[[1]]
    out <- judge(p, if (u$d > p$d) point(u) else NA, u$low, u$high)
    out[[1]] <- point(u)
    if (!is.na(point(u)) && !is.na(point(p)) && u$d == p$d && u$x != p$x
        && isTRUE(all.equal(u$high - u$low, p$high - p$low))) out[[4]] <- "inconsistent"
    out
  },
  sum = function(p, used, ck, claim) {
    w <- as.numeric(strsplit(option(ck$parameters, "weights", paste(rep(1, length(used)), collapse = ",")), ",")[[1]])
    plus <- as.numeric(option(ck$parameters, "plus", 0))
    r <- over_ends(used, function(x) sum(w * x) + plus)
    judge(p, sum(w * sapply(used, point)) + plus, r[1], r[2])
  },
  "at-least" = function(p, used, ck, claim) { s <- kinds$sum(p, used, ck, claim); judge(p, NA, s[[2]], Inf) },
  "at-most" = function(p, used, ck, claim) { s <- kinds$sum(p, used, ck, claim); judge(p, NA, -Inf, s[[3]]) },
  ratio = function(p, used, ck, claim) {
    times <- as.numeric(option(ck$parameters, "times", 1))
    r <- over_ends(used, function(x) times * x[1] / x[2])
    judge(p, times * point(used[[1]]) / point(used[[2]]), r[1], r[2])
  },
  percentage = function(p, used, ck, claim) {
    r <- over_ends(used, function(x) 100 * x[1] / x[2])
    judge(p, 100 * point(used[[1]]) / point(used[[2]]), r[1], r[2])
  },
  "relative-change" = function(p, used, ck, claim) {
    r <- over_ends(used, function(x) 100 * (x[1] - x[2]) / x[2])
    judge(p, 100 * (point(used[[1]]) / point(used[[2]]) - 1), r[1], r[2])
  },
  "count-from-percentage" = function(p, used, ck, claim) {
    n <- used[[2]]$x
    k <- 0:n
    k <- k[100 * k / n >= used[[1]]$low - 1e-9 & 100 * k / n <= used[[1]]$high + 1e-9]
    if (length(k) == 0) return(list(NA, NA, NA, "inconsistent"))
    out <- judge(p, if (length(k) == 1) k else NA, min(k), max(k))
    out
  },
  "share-from-part" = function(p, used, ck, claim) {
    x <- sapply(used, `[[`, "x")
    counted <- sum(x[-(1:2)])
    judge(p, NA, 100 * counted / x[1], 100 * (counted + x[1] - x[2]) / x[1])
  },
  "possible-percentage" = function(p, used, ck, claim) {
    n <- as.numeric(claim$n)
    share <- 100 * (0:n) / n
    ok <- any(share >= p$low - 1e-9 & share <= p$high + 1e-9)
    if (n >= 100 * 10^p$d) stop("powerless: ", claim$id)
    list(share[which.min(abs(share - p$x))], NA, NA, if (ok) "consistent" else "inconsistent")
  },
  "possible-change" = function(p, used, ck, claim) {
    n <- as.numeric(claim$n)
    g <- expand.grid(a = 0:n, b = 1:n)
    change <- 100 * (g$a - g$b) / g$b
    ok <- any(change >= p$low - 1e-9 & change <= p$high + 1e-9)
    list("any", NA, NA, if (!ok) "inconsistent" else if (n >= 100 * 10^p$d) "not-recomputable" else "consistent")
  },
  "change-of-total" = function(p, used, ck, claim)
    judge(p, NA, min(sapply(used, `[[`, "low")), max(sapply(used, `[[`, "high"))),
  "change-of-part" = function(p, used, ck, claim) {
    t <- used[[1]]; o <- used[-1]
    low <- if (all(sapply(o, function(u) u$high < t$low))) t$low else -Inf
    high <- if (all(sapply(o, function(u) u$low > t$high))) t$high else Inf
    judge(p, NA, low, high)
  },
  base = function(p, used, ck, claim) {
    u <- used[[1]]
    judge(p, NA, if (u$low > 0) 0 else -Inf, if (u$high < 0) 0 else Inf)
  },
  test = function(p, used, ck, claim) {
    df <- option(ck$parameters, "df")
    df <- if (df == "z") Inf else as.numeric(strsplit(df, "..", fixed = TRUE)[[1]])
    r <- sapply(df, function(f) test_at(attr(p, "part"), attr(used, "parts"), used, f))
    judge(p, if (length(df) == 1) r[3] else NA, min(r[1, ]), max(r[2, ]))
  },
  multiple = function(p, used, ck, claim) {
    x <- c(p$x, used[[1]]$x)
    list(NA, NA, NA, if (max(x) %% min(x) == 0) "consistent" else "inconsistent")
  })

figure_of <- function(text) if (grepl("[.](estimate|n|spread|ci_low|ci_high|p)$", text)) sub(".*[.]", "", text) else "estimate"
id_of <- function(text) sub("[.](estimate|n|spread|ci_low|ci_high|p)$", "", text)

swaps <- c("same", "base", "multiple")    # judge those that they use as well
silent <- c("none", "implied-test")       # judge nothing
gravity <- c("not-recomputable", "consistent", "reproduced", "inconsistent")

findings <- function(name, ledger, checks) {
  rownames(ledger) <- ledger$id
  out <- verdicts <- NULL
  open <- character(0)                    # claims with a check that is not of the kinds above
  show <- function(x) if (is.character(x)) x else if (is.na(x)) "NA" else format(x, digits = 17)
  for (i in seq_len(nrow(checks))) {
    ck <- as.list(checks[i, ])
    texts <- strsplit(ck$uses, "; *")[[1]]
    claim <- as.list(ledger[ck$claim, ])
    if (ck$kind %in% silent) {
      verdicts <- rbind(verdicts, c(ck$claim, gravity[1]))
      next
    }
    f <- kinds[[ck$kind]]
    if (is.null(f)) {
      open <- c(open, ck$claim, id_of(texts))
      next
    }
    part <- if (ck$figure == "") "estimate" else ck$figure
    p <- said(claim, part)
    read <- option(ck$parameters, "read")
    if (!is.na(read)) p <- number(read, exact = TRUE)
    used <- lapply(texts, function(t) if (grepl("^=", t)) number(sub("^=", "", t), exact = TRUE)
      else said(as.list(ledger[id_of(t), ]), figure_of(t)))
    attr(p, "part") <- part
    attr(used, "parts") <- sapply(texts, figure_of)
    r <- f(p, used, ck, claim)
    out <- rbind(out, c(name, ck$claim, "claim-check", ck$check, show(r[[1]]), show(r[[2]]), show(r[[3]]), r[[4]]))
    verdicts <- rbind(verdicts, c(ck$claim, r[[4]]))
    if (ck$kind %in% swaps && !grepl("^=", texts[1])) {
      r <- f(used[[1]], list(p), ck, as.list(ledger[id_of(texts[1]), ]))
      verdicts <- rbind(verdicts, c(id_of(texts[1]), r[[4]]))
    }
  }
  for (id in setdiff(ledger$id, open)) {
    mine <- verdicts[verdicts[, 1] == id, 2]
    worst <- if (length(mine) == 0) gravity[1] else gravity[max(match(mine, gravity))]
    out <- rbind(out, c(name, id, "claim", "any", "any", "any", "any", worst))
  }
  out
}

all <- rbind(
  findings("ldn-claims", read_tsv("datasets/claims.tsv"), read_tsv("datasets/claims_checks.tsv")),
  findings("claims-tiny", read_tsv("tests/oracle/data/claims_tiny.tsv"),
           read_tsv("tests/oracle/data/claims_tiny_checks.tsv")))
out <- file("tests/oracle/claim_check.tsv", "w", encoding = "UTF-8")
writeLines(c("# Findings of the methods claim-check and claim, made by scripts/oracle/claims.R",
             "# with R; `any` is not compared.",
             "study\tendpoint\tmethod\tterm\testimate\tconf_low\tconf_high\tverdict"), out)
writeLines(apply(all, 1, paste, collapse = "\t"), out)
close(out)
cat(sum(all[, 3] == "claim-check"), "findings,", sum(all[, 3] == "claim"), "verdicts\n")
