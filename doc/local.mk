# Man pages and completion are printed by the program itself, from the tables
# that --help prints.
GENERATED_MAN = %D%/recross.1 \
	%D%/recross-crossover.1 \
	%D%/recross-before-after.1 \
	%D%/recross-meta.1 \
	%D%/recross-summary.1 \
	%D%/recross-ddd.1 \
	%D%/recross-run.1 \
	%D%/recross-plot.1 \
	%D%/recross-verify.1 \
	%D%/recross-power.1 \
	%D%/recross-design.1 \
	%D%/recross-simulate.1 \
	%D%/recross-list.1
nodist_man_MANS = $(GENERATED_MAN)
CLEANFILES += $(GENERATED_MAN) %D%/recross.bash

%D%/recross.1: recross$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && ./recross --generate man > $@.tmp && mv $@.tmp $@
%D%/recross-%.1: recross$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && ./recross --generate man $* > $@.tmp && mv $@.tmp $@
%D%/recross.bash: recross$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && ./recross --generate completion > $@.tmp && mv $@.tmp $@

completiondir = $(datadir)/bash-completion/completions
nodist_completion_DATA = %D%/recross.bash
install-data-hook:
	cd "$(DESTDIR)$(completiondir)" && mv recross.bash recross
uninstall-hook:
	rm -f "$(DESTDIR)$(completiondir)/recross"

dist_doc_DATA = %D%/manual.md %D%/simulation-study.md %D%/ldn-crossover-printed.svg %D%/senn-profiles.svg README.md NEWS CONTRIBUTING.md
