# The rows of extreme_cases.tsv, multiple_imputation.tsv, disposition.tsv and
# responders.tsv that the study file xo_answers.yaml must give too.
#
#   Rscript scripts/oracle/xo_answers.R       from the top folder, after
#   drop_outs.R, multiple_imputation.R and responders.R
#
# writes tests/oracle/xo_answers.tsv.

source("scripts/oracle/oracle_common.R")

rows_of <- function(file, case)
{
  x <- read.delim(file.path(OUT_DIR, file), comment.char = "#",
                  colClasses = "character", na.strings = character(0))
  x <- x[x$case == case, ]
  x$case <- "xo-answers"
  x$options <- "xo_answers.yaml"
  x
}

write_oracle(rbind(rows_of("disposition.tsv", "drop-outs"),
                   rows_of("extreme_cases.tsv", "stated"),
                   rows_of("multiple_imputation.tsv", "twenty"),
                   rows_of("responders.tsv", "improved")),
             file.path(OUT_DIR, "xo_answers.tsv"),
             c(paste0("source: other program: ", r_version()),
               "script: scripts/oracle/xo_answers.R",
               "data: tests/oracle/data/, all synthetic",
               "command: recross run OPTIONS"), COLUMNS)
