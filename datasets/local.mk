datasetsdir = $(pkgdatadir)/datasets
dist_datasets_DATA = \
	%D%/README.md \
	%D%/ashina_headache.csv \
	%D%/ashina_headache.schema.yaml \
	%D%/bcg_trials.csv \
	%D%/bcg_trials.schema.yaml \
	%D%/claims.schema.yaml \
	%D%/claims.tsv \
	%D%/claims_checks.schema.yaml \
	%D%/claims_checks.tsv \
	%D%/clasp_aspirin.csv \
	%D%/clasp_aspirin.schema.yaml \
	%D%/grizzle_haemoglobin.csv \
	%D%/grizzle_haemoglobin.schema.yaml \
	%D%/hills_armitage_enuresis.csv \
	%D%/hills_armitage_enuresis.schema.yaml \
	%D%/ldn_shares_printed.csv \
	%D%/ldn_shares_printed.schema.yaml \
	%D%/ldn_register_printed.csv \
	%D%/ldn_register_printed.schema.yaml \
	%D%/ldn_crossover_printed.csv \
	%D%/ldn_crossover_printed.schema.yaml \
	%D%/ldn_register_short_synthetic.csv.gz \
	%D%/ldn_register_short_synthetic.schema.yaml \
	%D%/ldn_register_synthetic.csv.gz \
	%D%/ldn_register_synthetic.schema.yaml \
	%D%/morris_pretest_control.csv \
	%D%/morris_pretest_control.schema.yaml \
	%D%/msqli_trial_synthetic.csv \
	%D%/msqli_trial_synthetic.schema.yaml \
	%D%/normand_stroke_stay.csv \
	%D%/normand_stroke_stay.schema.yaml \
	%D%/senn_asthma.csv \
	%D%/senn_asthma.schema.yaml
studiesdir = $(pkgdatadir)/datasets/studies
dist_studies_DATA = \
	%D%/studies/ashina-headache.yaml \
	%D%/studies/bcg-trials.yaml \
	%D%/studies/grizzle-haemoglobin.yaml \
	%D%/studies/hills-armitage-enuresis.yaml \
	%D%/studies/ldn-claims.yaml \
	%D%/studies/ldn-ms-register-short-synthetic.yaml \
	%D%/studies/ldn-ms-register-synthetic.yaml \
	%D%/studies/ldn-printed.yaml \
	%D%/studies/ldn-register-use-synthetic.yaml \
	%D%/studies/msqli-2010-synthetic.yaml \
	%D%/studies/normand-stroke-stay.yaml \
	%D%/studies/senn-asthma.yaml
