# Titles of problems, by HTTP status.
title-400 = The request was not understood
title-401 = A key is needed
title-403 = Not yours
title-404 = Not found
title-405 = Method not allowed
title-409 = Not possible now
title-412 = The data have changed
title-413 = Too large
title-415 = Unsupported type
title-416 = There is no such range
title-422 = The data hold errors
title-428 = If-Match is needed
title-431 = The headers are too large
title-500 = Internal error
title-501 = Not implemented
title-503 = Unavailable for now

# Details of problems, by code.
problem-bad_request = The request could not be read.
problem-bad_json = The body is not valid JSON.
problem-unauthorized = The header { $header } holds no valid key.
problem-signature_missing = The request must be signed: { $header } holds sha256= and 64 hex digits, { $timestamp_header } the Unix seconds.
problem-signature_expired = The signature was made more than five minutes ago, or in the future. Check the clocks and send anew.
problem-bad_signature = The signature is not one of this request under a secret known here.
problem-not_found = There is nothing here.
problem-method_not_allowed = This address does not take that method.
problem-headers_too_large = The headers of the request are larger than the server takes.
problem-not_implemented = The server does not take requests in this way.
problem-too_large = The request is larger than the server takes.
problem-unsupported_media_type = The body must be JSON, with Content-Type: application/json (a patch may be application/merge-patch+json).
problem-form_expected = A file is sent in a form: Content-Type: multipart/form-data, field file.
problem-invalid = See the fields named in errors.
problem-user_not_found = There is no such person: fill in the profile first.
problem-resume_not_found = There is no résumé yet: fill in the form or send a file.
problem-upload_not_found = There is no such file.
problem-vacancy_not_found = There is no such vacancy.
problem-match_not_found = Your searches have not found this vacancy.
problem-no_search = No search was started yet.
problem-search_not_found = There is no such search.
problem-nothing_shown_yet = No vacancy was shown yet.
problem-no_resume = A search needs a résumé: fill in the form or send a file.
problem-search_failed = { $reason ->
    [no_source_answered] The search failed. { $troubles }. { $heals ->
        [yes] Start it again { start-again-when }
       *[no] To start it again as it was does not help: search other sources.
    }
    [no_resume] { problem-no_resume }
   *[other] The search failed: something broke on our side. Start it again.
}
start-again-when = { $minutes ->
    [0] a little later.
    [one] in { $minutes } minute.
   *[other] in { $minutes } minutes.
}

# What sources said instead of vacancies.
source-internal = Our catalogue
source-hh = hh.ru
source-trudvsem = Работа России
outcome-not_configured = { $source }: searching there is not set up here
outcome-not_approved = { $source }: they do not take our application
outcome-closed_by_provider = { $source }: programs may not search there
outcome-captcha = { $source }: they want to see that we are no robot (a captcha)
outcome-rate_limited = { $source }: they wish to be asked less often
outcome-geo_blocked = { $source }: they do not let our server in
outcome-timeout = { $source }: no answer
outcome-error = { $source }: the answer was an error

problem-no_source_answered = No source of vacancies has answered. Try again later.
problem-stale_resume = The résumé has changed since you read it. Read it again and repeat the edit.
problem-if_match_required = Send the ETag of the résumé you edit in If-Match.
problem-not_shown_yet = This vacancy was not shown yet.
problem-nothing_to_undo = There is nothing to undo.
problem-run_already_finished = This search has ended.
problem-run_not_queued = This search was begun already.
problem-run_not_held = Nobody works on this search now.
problem-run_not_handed_out = This search does not lie with n8n.
problem-run_not_ready = This search is not ready yet.
problem-match_not_waiting = This vacancy waits no longer to be shown.
problem-upload_not_queued = This file is being read or was read already.
problem-upload_not_parsing = This file is not being read now.
problem-upload_already_parsed = This file was read already.
problem-job_not_found = There is no such job.
problem-job_not_failed = Only a failed job can be retried.
problem-not_the_latest_search = The person has started another search since: retrying this one would replace its results.
problem-not_handed_out = This was not handed out to n8n.
problem-another_execution = Another execution has this work, and its results alone are taken.
problem-other_pages = The first page has told another number of pages.
problem-execution_not_found = No work is known to be done by this execution. It may not have been noted yet: tell it again a little later.
problem-n8n_unreachable = n8n does not answer. The built-in search goes on without it.
problem-n8n_busy = n8n has as many searches as it is given at once. The built-in search goes on without it.
problem-n8n_unauthorized = n8n does not take our token (N8N_TOKEN).
problem-n8n_not_published = The workflow is not published in n8n. Run job-assistant n8n install.
problem-n8n_error = n8n met an error.
problem-n8n_refused = n8n has refused the work.
problem-n8n_silent = n8n has not told in time what became of the work.
problem-n8n_failed = n8n tells that its work failed.
problem-n8n_unused = n8n has answered, and the search has ended without its answer.
problem-hand_out_not_given = This work does not lie with n8n.
problem-hand_out_not_late = No late results of this search wait.
problem-hand_out_not_held = Nobody works on the late results of this search now.
problem-hand_out_dropped = Nobody waits for the results of this search any more.
problem-store_unavailable = The database does not answer. Try again shortly.
problem-similarity_unavailable = The model that compares meanings fails. Try again shortly.
problem-ranking_unfinished = So many new texts could not be compared in time. Repeat the request: it goes on from there; or send fewer vacancies at once.
problem-erasures_unavailable = The erasure cannot be noted for a restore to come, so nobody was erased. Try again shortly.
problem-internal_error = Something broke on our side. Tell us the request_id.

# Files: what is the matter and what to do. The same codes stand in an upload's `reason`.
problem-list_too_large = The list is too large: 1 MB at most.
problem-file_too_large = The file is larger than { $megabytes } MB. Save the résumé without pictures and send it again.
problem-empty_file = The file is empty. Send a file with a résumé.
problem-unsupported_type = We do not read such files. Save the résumé as PDF, DOCX or RTF.
problem-file_encrypted = The file needs a password. Remove the password and send it again.
problem-file_broken = The file is damaged. Save the résumé anew and send it again.
problem-no_text = The file holds no text, it seems to be a scan or a photo. Send a résumé saved from an editor as PDF or DOCX.
problem-not_a_resume = We found no résumé in the file. Send a résumé or fill in the form.
problem-too_much_text = The file holds too much text for a résumé. Send the résumé alone.
problem-file_unreadable = The file cannot be opened: { $why }.
problem-resume_json_invalid = The résumé in JSON is wrong: { $errors }.
problem-file_gone = The file was removed already. Send it again.
problem-reader_timeout = Reading the file took too long. Save the résumé anew without complex graphics and send it again.
problem-reader_crashed = The file could not be read. Save the résumé anew as PDF or DOCX and send it again.
problem-reader_out_of_memory = The file is too complex. Save the résumé without pictures and send it again.
problem-reader_busy = The server was too busy. Send the file again.
problem-reader_closed = The server was stopping. Send the file again.
problem-interrupted = The work was interrupted too often. Try again.

# What to know of a file that was read all the same.
warning-hidden_text_left_out = The file holds text that cannot be seen on the page: white, hidden, tiny, or off the sheet. We did not read it; if it belongs in your résumé, make it visible and send the file again.

# What is wrong with a field.
field-required = A required field.
field-null = May not be null.
field-invalid = Not a valid value.
field-unknown_field = There is no such field.
field-not_an_object = An object is needed.
field-not_a_list = A list is needed.
field-not_a_text = A text is needed.
field-not_a_file = A file is needed.
field-bad_characters = Characters that are not allowed.
field-bad_length-within = The length must be { $least } to { $most }.
field-out_of_range-within = { $least } to { $most } is allowed.
field-too_many-within = At most { $most } items.
field-unknown_choice-within = One of: { $choices }.
field-bad_length = Not an allowed length.
field-too_long = Too long.
field-too_many = Too many items.
field-not_a_number = A number is needed.
field-not_a_whole_number = A whole number is needed.
field-out_of_range = Out of range.
field-not_a_boolean = Either true or false is needed.
field-unknown_choice = There is no such choice.
field-not_a_time = A time in ISO 8601 is needed.
field-not_a_month = A year or a month is needed: 2024 or 2024-05.
field-not_a_currency = A currency code of three letters is needed.
field-not_an_email = This is no e-mail address.
field-not_a_phone = This is no phone number.
field-not_an_hh_url = An https link to hh.ru or one of its country sites is needed.
field-not_a_web_address = An http or https link is needed.
field-consent_required = Consent to the current terms is needed.
field-bad_source = A source's name: lower-case Latin letters, digits and _, up to 31 characters.
field-duplicate = It was there before.
field-bad_id = An id: letters, digits and . : - _, up to 100 characters.
field-built_in_source = The ids of built-in sources are taken.
field-unknown_source = There is no such source.
field-not_with_search_id = Not beside search_id: the search has its own.
field-not_with_resume = Either resume or search_id is needed, not both.
field-not_in_text = The text of the file does not say so.
field-text_gone = The text of the file is kept no longer: this came too late to be held against it.
field-not_a_skill = That is a place, not a skill.
field-denied_by_the_person = The person said that they do not have it.
field-unknown_vacancy = There is no such vacancy.
field-confirmed_too = This skill is confirmed, too.
field-below_salary_from = Less than salary_from.
field-no_words = At least one word is needed.
field-never_shown = This vacancy was never shown to you.
field-not_json = This is not JSON.

# Reasons on a card.
reason-role_fits = Fits the position you want, “{ $wished }”
reason-other_technology = The same role, but on another technology: { $names }
reason-skills_matched = { $count ->
    [one] { $count } skill of { $total } matches: { $names }
   *[other] { $count } skills of { $total } match: { $names }
}
reason-skills_missing = { $count ->
    [one] { $count } skill is missing: { $names }
   *[other] { $count } skills are missing: { $names }
}
reason-skills_unknown = Your résumé does not say exactly: { $names }
reason-experience_fits = { $years ->
    [one] Enough experience: { $years } year, { $asked }+ asked
   *[other] Enough experience: { $years } years, { $asked }+ asked
}
reason-experience_short = { $asked ->
    [one] { $asked } year of experience asked, your résumé has { $years }
   *[other] { $asked } years of experience asked, your résumé has { $years }
}
reason-place_fits = Your city: { $area }
reason-region_fits = Your region: { $area }
reason-remote_fits = Remote work is possible
reason-not_remote = Not remote, as you wished, but { $format }: { $area }
reason-rotation = { $travel ->
    [paid] On rotation in { $area }, far from home, but the way there is paid
   *[unsaid] On rotation in { $area }, far from home; who pays for the way is not told
}
reason-rotation_own = On rotation in { $area }, far from home, the way there at your own expense
reason-other_place = Another city: { $area }
reason-salary_fits = { $bound ->
    [from] Pays from { $offered } ₽ net, no less than you wish
   *[to] Pays up to { $offered } ₽ net, no less than you wish
}
reason-salary_open = Pays from { $offered } ₽ net, the most is not told; you wish { $wished }
reason-salary_low = Pays up to { $offered } ₽ net, less than the { $wished } you wish
reason-cap_experience_far_below = Asks for far more experience
reason-cap_far_away = Far from you, and not remote
reason-cap_licence_missing = Your résumé lacks a licence that is required: { $names }
reason-cap_other_profession = Another profession than the one you seek
reason-cap_pay_far_below = Pays far less than you wish
reason-cap_seniority_gap = { $way ->
    [higher] The level is well above yours{ $offered ->
        [years] {""}
       *[other] {""}: { $offered }, and you are { $own }
    }
    [lower] The level is well below yours{ $offered ->
        [years] {""}
       *[other] {""}: { $offered }, and you are { $own }
    }
   *[other] The level is far from yours
}
reason-other_level = { $way ->
    [higher] The same profession, but above your level: { $offered }, and you are { $own }
   *[lower] The same profession, but below your level: { $offered }, and you are { $own }
}
limit-told-by-another = { $text }: something else stands more in the way
limit-experience = Asks for more experience: { $percent } % is left
limit-far_away = Far from you, and not remote: { $percent } % is left
limit-level = { $offered ->
    [years] { $way ->
        [higher] More experience is asked than you have: { $percent } % is left
       *[lower] Less experience is asked than you have: { $percent } % is left
    }
   *[other] { $way ->
        [higher] The level is above yours ({ $offered }, and you are { $own }): { $percent } % is left
       *[lower] The level is below yours ({ $offered }, and you are { $own }): { $percent } % is left
    }
}
limit-licence_missing = A licence that is required is missing ({ $names }): { $percent } % is left
limit-pay_far_below = Pays far less than you wish: { $percent } % is left
limit-role = Another kind of work than you seek: { $percent } % is left
reason-weak_from_here = From here on, vacancies that fit you poorly
reason-little_is_known = Vacancy and résumé are silent about much, so the score is cautious

# Why a person's taste moved a vacancy in their queue.
reason-liked_skills = Like what you liked: { $names }
reason-liked_role = Like what you liked: “{ $title }”
reason-liked_employer = You liked a vacancy of this employer: { $company }
reason-liked_format = Like what you liked: { $format }
reason-liked_pay = Like what you liked: { $least ->
    [0] up to { $most } ₽
   *[other] { $most ->
        [0] { $least } ₽ and more
       *[other] { $least }–{ $most } ₽
    }
} net
reason-liked_area = Like what you liked: { $area }
reason-liked_experience = Like what you liked: { $least ->
    [0] no experience asked
   *[other] { $least }+ years of experience
}
reason-passed_skills = You passed on similar ones: { $names }
reason-passed_role = You passed on similar ones: “{ $title }”
reason-passed_employer = You passed on a vacancy of this employer: { $company }
reason-passed_format = You passed on similar ones: { $format }
reason-passed_pay = You passed on similar ones: { $least ->
    [0] up to { $most } ₽
   *[other] { $most ->
        [0] { $least } ₽ and more
       *[other] { $least }–{ $most } ₽
    }
} net
reason-passed_area = You passed on similar ones: { $area }
reason-passed_experience = You passed on similar ones: { $least ->
    [0] no experience asked
   *[other] { $least }+ years of experience
}

# Lines of an explanation.
line-skills-met = { $subject }: present (in the résumé: “{ $proof }”)
line-skills-unmet = { $must ->
    [must] { $subject }: not in the résumé, and the vacancy asks for it
    [title] { $subject }: not in the résumé, and the title of the vacancy implies it
    [other] { $subject }: the résumé says “{ $proof }”, and something else is asked
   *[nice] { $subject }: not in the résumé, but only nice to have
}
line-skills-unknown = { $subject }: the résumé says “{ $proof }” and nothing more exact
line-role-met = The position “{ $asked }” is what you seek (“{ $proof }”)
line-role-unmet = { $subject ->
    [level] “{ $asked }” is your profession on another level (you want “{ $proof }”)
    [profession] The position “{ $asked }” is of another profession (you seek “{ $proof }”)
    [technology] The position “{ $asked }” is the same profession on another technology (you seek “{ $proof }”)
    [position] The position “{ $asked }” is the same or a near profession, but another position (you seek “{ $proof }”)
   *[other] The position “{ $asked }” is not quite what you seek (“{ $proof }”)
}
line-role-unknown = The résumé does not say which position you seek
line-experience-met = Experience: { $asked }, { $proof } in the résumé
line-experience-unmet = Experience: { $asked }, { $proof } in the résumé
line-place-met = { $subject ->
    [format] Format: { $asked } suits you
   *[area] Place: { $asked } suits you
}
line-place-unmet = { $subject ->
    [format] Format: { $asked }, while you wished remote work
   *[area] Place: { $asked } is not where you are
}

# Levels of seniority inside other messages.
level-name-intern = an intern
level-name-junior = a junior
level-name-middle = a specialist
level-name-senior = a senior
level-name-lead = a lead or a deputy
level-name-head = a head

# Work formats inside other messages.
format-office = in the office
format-remote = remote
format-hybrid = hybrid
format-field = travelling
more = { $names } and { $count } more
line-salary-met = { $subject ->
    [salary_from] Salary: you wish { $asked }, { $proof } ₽ net or more is offered
   *[salary_to] Salary: you wish { $asked }, up to { $proof } ₽ net is offered
}
line-salary-unknown = Salary: you wish { $asked }, { $proof } ₽ net or more is offered, the most is not told
line-salary-unmet = Salary: you wish { $asked }, up to { $proof } ₽ net is offered

# Years inside other messages.
years = { $years ->
    [one] { $years } year
   *[other] { $years } years
}
years-untold = not told
years-not_held = none
years-none = none needed
years-from = { $least ->
    [one] { $least }+ year asked
   *[other] { $least }+ years asked
}
years-to = { $most ->
    [one] up to { $most } year asked
   *[other] up to { $most } years asked
}
years-between = { $least }–{ $most } years asked

# Lines of a résumé's quality.
quality-contacts = Contacts
quality-target = Desired position
quality-conditions = Salary, place and format
quality-experience = Jobs held
quality-results = Results and figures
quality-skills = Skills
quality-proof = Skills proven by experience
quality-dates = Dates agree
quality-length = Length of the story
quality-languages = Languages
quality-education = Education
quality-readability = Readability

# What to do about them. Never to make anything up.
quoted = “{ $name }”
gain-points = { $gain ->
    [one] +{ $gain } point
   *[other] +{ $gain } points
}
advice-gain = { $text } Worth up to { gain-points }.
advice-contacts_missing = Give a phone number or an e-mail address: nobody can reach you now.
advice-target_missing = Name the one position you want, as vacancies call it.
advice-target_vague = “{ $position }” is no position. Name the one you want most.
advice-target_scattered = { $names } are different professions. Keep one in this résumé and write a second one for the other.
advice-target_unclear = “{ $position }” is too general. Say more, as vacancies do: what you work on, or with.
advice-target_long = Cut the desired position “{ $position }” to 2–6 words; the rest belongs in your summary.
advice-salary_missing = Name the salary you want, so that nobody offers less than you need.
advice-place_missing = Name the city or region where you want to work.
advice-format_missing = Say how you want to work: office, remote, hybrid or in the field.
advice-jobs_missing = List your jobs: position, employer, the month of the beginning and of the end.
advice-position_missing = Name the position: { $names }.
advice-company_missing = Name the employer (or say “self-employed”, if that is so): { $names }.
advice-period_missing = Say when it began and when it ended: { $names }.
advice-results_untold = Tell what you achieved in your jobs: what you did, and in what figures.
advice-results_missing = Tell what you did and what changed, best in figures (how many, by how much, how soon), only what really happened: { $names }.
advice-figures_missing = Add true figures (how many, by how much, how soon), if you know them: { $names }.
advice-figures_few = There is one figure. Add one more true one (how many, by how much, how soon), if you know it: { $names }.
advice-outcomes_missing = Beside the duties, tell what came of them: “reduced”, “launched”, “trained”, if it is true: { $names }.
advice-outcomes_few = There is one result. Tell what else came of your work: “reduced”, “launched”, “trained”, if it is true: { $names }.
advice-skills_few = { $count ->
    [0] List your skills: 5 to 25 that you have, in the words of vacancies.
   *[other] You list { $count }. List 5 to 25 skills that you have, in the words of vacancies.
}
advice-skills_unrecognised = We did not recognise { $names }. Call them what vacancies call them, if it is the same thing.
advice-skills_many = The list is long, and your jobs do not bear out all of it. Take out what matters less, or show it at work: { $names }.
advice-skills_general = Everybody has these: { $names }. Put what you can do in their place, if it is true.
advice-nothing_to_prove = List your skills, and show in your jobs where you used them.
advice-skills_unproven = Nothing proves these skills: { $names }. If you used them at work, say there where and what for.
advice-dates_reversed = Check the dates, it ends before it begins: { $names }.
advice-dates_in_future = Check the dates, they are still to come: { $names }.
advice-jobs_at_once = Check the dates: by them you held { $count } jobs at once. If you did, explain it there.
advice-years_disagree = You state { $stated } of experience, the dates make { $dated }. Correct what is not exact.
advice-texts_missing = Write 2–5 sentences about each job: what you did, what with, what came of it.
advice-text_missing = Write 2–5 sentences about what you did: { $names }.
advice-text_short = Tell more, 2–5 sentences are enough: { $names }.
advice-text_long = Cut the story to what matters: tasks, tools, results: { $names }.
advice-languages_missing = Name your languages with their levels, your native one at least.
advice-levels_missing = Give the level (A1–C2 or native), as it really is: { $names }.
advice-education_level_missing = Give the level of your education.
advice-education_place_missing = Say where you studied, and what.
advice-sentences_long = { $count ->
    [one] Break { $count } long sentence into short ones: { $names }.
   *[other] Break { $count } long sentences into short ones: { $names }.
}
advice-capitals = Do not write in capitals: { $names }.
advice-first_person = There is much “I”, “my”, “me” ({ $count }): begin with the deed, “built”, “run”, “answer for”.
advice-fillers = Everybody writes { $names }. Show it by an example from your work, if you have one, or take it out.

# What the market asks for. Never to make anything up: only if it is true.
asked-by = { $must ->
    [0] { asked-of-market }
   *[other] { asked-of-market }, as a must by { $must }
}
asked-of-market = { $market ->
    [one] asked by { $asked } of { $market } vacancy
   *[other] asked by { $asked } of { $market } vacancies
}
recommend-add = { $skill }: { asked-by }. If it is true that you can do this, add it to your skills.
recommend-mention = { $skill }: { asked-by }. You write { $words } { $place }, but not in your list of skills. Add it, if it is true.
recommend-level = { $skill }: { asked-by }. If it is true that you speak it that well, state the level.
recommend-licence = { $skill }: { asked-by }. If it is true that you hold the paper, add it to your skills.
recommend-learn = { $skill }: { asked-by }. You said that you do not have it. Once you have learnt it and it is true, add it.
recommend-effect = { $fitting ->
    [0] { $text } It brings { gain-points } on average.
    [one] { $text } It brings { gain-points } on average, and { $fitting } more vacancy reaches { $from }.
   *[other] { $text } It brings { gain-points } on average, and { $fitting } more vacancies reach { $from }.
}
keyword-told = { $skill }: asked by { $percent }% of the vacancies of your role. You write { $words } { $place }, but not in your list of skills. Add it, if it is true.
keyword-implied = { $skill }: asked by { $percent }% of the vacancies of your role. Your skill { $words } implies it, but whoever searches by the word does not see it. Add it too, if it is true.
level-native = (native)
found-experience = in your experience ({ $job })
found-summary = in your summary
found-position = in the name of the position
silence-no_vacancies = There are no vacancies yet to compare your résumé with. Start a search, or come back when there are some.
silence-other_professions = None of the vacancies known to us is of your profession. Check the position you want: best call it what vacancies call it.
silence-nothing_missing = The vacancies of your role ask for nothing that your résumé lacks.

# Accounts at hh.ru.
problem-hh_not_configured = Signing in through hh.ru is not set up here. Download your résumé from hh.ru as PDF and send the file.
problem-hh_not_linked = No hh.ru account is linked.
problem-hh_busy = The hh.ru account is being synced. Try again in a minute.
problem-hh_relogin_needed = The sign-in at hh.ru has run out. Sign in through hh.ru again.
problem-closed_by_provider = hh.ru does not give applicants’ résumés to other programs (since 15 December 2025). Download your résumé from hh.ru as PDF and send the file: we read it just as fully.
problem-not_an_applicant = This is an employer’s account. Sign in to hh.ru as an applicant.
problem-no_resume_at_hh = You have no filled-in résumé at hh.ru. Fill in the form or send a file.
problem-hh_resume_not_found = There is no such résumé in your hh.ru account.
problem-hh_code_used = This sign-in was used already. Sign in through hh.ru again.
problem-hh_code_expired = The sign-in through hh.ru did not end in time. Sign in again.
problem-hh_account_barred = hh.ru does not let anybody into this account. Look at it on hh.ru.
problem-hh_not_approved = hh.ru does not take our application. Download your résumé from hh.ru as PDF and send the file.
again-when = { $minutes ->
    [0] a little later
    [1] in a minute
   *[other] in { $minutes } minutes
}
problem-hh_unavailable = hh.ru does not answer as it should. Try again { again-when }.
problem-hh_captcha = hh.ru wants to see that we are no robot (a captcha), which no program can do. Try again { again-when }, or download your résumé from hh.ru as PDF and send the file.
problem-hh_rate_limited = hh.ru wishes to be asked less often. Try again { again-when }.
problem-hh_blocked = hh.ru does not let our server in, and to try again does not help. Download your résumé from hh.ru as PDF and send the file.
problem-hh_busy_now = Many people sync with hh.ru just now. Try again { again-when }.
problem-hh_tokens_sealed = The sign-in at hh.ru is kept, but there is no key here to open it, and to try again does not help. Sign in through hh.ru again, or send your résumé as a file.
problem-hh_linked_sync = The hh.ru account is linked, but the résumé is not loaded yet: a sync loads it.
problem-hh_answer_lost = The answer of hh.ru was lost. Sign in through hh.ru again.
problem-sign_in_not_found = There is no such sign-in: the link is not ours, or a newer one replaced it.
problem-sign_in_over = This link does not hold any more. Ask the bot for a new one.
problem-sign_in_failed = Something went wrong at hh.ru. Open the link to sign in once more.
problem-sign_in_refused = You did not allow access to hh.ru. Nothing was loaded.
problem-no_pending_sign_in = No sign-in through hh.ru was begun. Get a link first.
problem-already_imported = The résumé was loaded by this link already. A sync loads another résumé, a new link gives access anew.
problem-import_running = The résumé is being loaded. Wait a little.
hh-none = To load your résumé from hh.ru, get a link to sign in. Or send the résumé as a file.
hh-not_brought = The hh.ru account is linked, but the résumé is not loaded yet: start a sync.
hh-pending = The sign-in has begun: open the link and allow access.
hh-not_configured = Signing in through hh.ru is not set up here. Download your résumé from hh.ru as PDF and send the file.
hh-relogin_needed = The sign-in at hh.ru has run out. Sign in through hh.ru again.
hh-closed_by_provider = hh.ru does not give applicants’ résumés to other programs (since 15 December 2025). Download your résumé from hh.ru as PDF and send the file.
field-names_no_vacancy = There is neither a link to a vacancy at hh.ru or trudvsem.ru here, nor the id of a vacancy we know.
field-not_a_date = Not a date such as 2026-11-23 or 23.11.2026.
field-not_a_table = Not a CSV table.
field-no_vacancy_column = The table has no column with vacancies: url, link, “ссылка”, vacancy_id, vacancy or “вакансия”.
field-no_rows = The table has no row but its header.
field-list_too_large = The list is too large: 5000 lines and 1 MB at most.

# The page that a person sees when hh.ru leads them back.
page-confirm-title = Load the résumé from hh.ru?
page-confirm-question = The résumé and the applications of your hh.ru account will go to the Telegram user with this number:
page-confirm-compare = Compare: your bot showed this code beside the link.
page-confirm-warning = If your bot did not show you this code, close this page: somebody sent you a link of their own.
page-confirm-button = The code is the same: load
page-done-title = Done
page-done-text = The résumé was loaded.
page-done-back = Go back to Telegram.
page-running-title = Loading
page-running-back = This page refreshes itself. You may also go back to Telegram.
page-linked-title = The account is linked, the résumé is still to come
page-linked-back = There is no need to sign in again: go back to Telegram, and the bot loads the résumé.
page-again-title = It did not work yet
page-again-back = Refresh this page a little later, or go back to Telegram.
page-trouble-title = It did not work
page-trouble-back = Go back to Telegram.
