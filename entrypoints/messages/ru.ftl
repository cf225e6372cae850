# Titles of problems, by HTTP status.
title-400 = Запрос не понят
title-401 = Нужен ключ
title-403 = Нет доступа
title-404 = Не найдено
title-405 = Метод не поддерживается
title-409 = Сейчас это невозможно
title-412 = Данные изменились
title-413 = Слишком большой файл
title-415 = Тип не поддерживается
title-416 = Такой части нет
title-422 = В данных есть ошибки
title-428 = Нужен заголовок If-Match
title-431 = Слишком большие заголовки
title-500 = Внутренняя ошибка
title-501 = Не поддерживается
title-503 = Временно недоступно

# Details of problems, by code.
problem-bad_request = Запрос не удалось разобрать.
problem-bad_json = Тело запроса не является правильным JSON.
problem-unauthorized = В заголовке { $header } нет действующего ключа.
problem-signature_missing = Запрос должен быть подписан: в { $header } — sha256= и 64 шестнадцатеричные цифры, в { $timestamp_header } — секунды Unix.
problem-signature_expired = Подпись сделана больше пяти минут назад или в будущем. Проверьте часы и пришлите запрос заново.
problem-bad_signature = Подпись не от этого запроса или сделана неизвестным секретом.
problem-not_found = Здесь ничего нет.
problem-method_not_allowed = Этот адрес так не вызывают.
problem-headers_too_large = Заголовки запроса больше, чем принимает сервер.
problem-not_implemented = Таких запросов сервер не принимает.
problem-too_large = Запрос больше, чем принимает сервер.
problem-unsupported_media_type = Тело запроса должно быть JSON, с Content-Type: application/json (правку можно слать как application/merge-patch+json).
problem-form_expected = Файл присылают формой: Content-Type: multipart/form-data, поле file.
problem-invalid = Проверьте поля, указанные в errors.
problem-user_not_found = Такого пользователя нет: сначала заполните профиль.
problem-resume_not_found = Резюме ещё нет: заполните форму или пришлите файл.
problem-upload_not_found = Такого файла нет.
problem-vacancy_not_found = Такой вакансии нет.
problem-match_not_found = Эта вакансия не находилась в ваших поисках.
problem-no_search = Поиск ещё не запускали.
problem-search_not_found = Такого поиска нет.
problem-nothing_shown_yet = Ни одной вакансии ещё не показано.
problem-no_resume = Для поиска нужно резюме: заполните форму или пришлите файл.
problem-search_failed = { $reason ->
    [no_source_answered] Поиск не удался. { $troubles }. { $heals ->
        [yes] Запустите его снова { start-again-when }
       *[no] Запускать его снова так же бесполезно: ищите в других источниках.
    }
    [no_resume] { problem-no_resume }
   *[other] Поиск не удался: на нашей стороне случился сбой. Запустите его ещё раз.
}
start-again-when = { $minutes ->
    [0] чуть позже.
    [one] через { $minutes } минуту.
    [few] через { $minutes } минуты.
   *[many] через { $minutes } минут.
}

# What sources said instead of vacancies.
source-internal = Наш каталог
source-hh = hh.ru
source-trudvsem = Работа России
outcome-not_configured = { $source }: поиск там здесь не настроен
outcome-not_approved = { $source }: наше приложение там не принимают
outcome-closed_by_provider = { $source }: программам искать там не дают
outcome-captcha = { $source }: просят подтвердить, что мы не робот (капча)
outcome-rate_limited = { $source }: просят обращаться реже
outcome-geo_blocked = { $source }: наш сервер туда не пускают
outcome-timeout = { $source }: нет ответа
outcome-error = { $source }: в ответ пришла ошибка

problem-no_source_answered = Ни один источник вакансий не ответил. Повторите позже.
problem-stale_resume = Резюме изменилось с тех пор, как вы его прочитали. Прочитайте его снова и повторите правку.
problem-if_match_required = Пришлите в If-Match ETag резюме, которое правите.
problem-not_shown_yet = Эту вакансию ещё не показывали.
problem-nothing_to_undo = Отменять нечего.
problem-run_already_finished = Этот поиск уже закончен.
problem-run_not_queued = Этот поиск уже начат.
problem-run_not_held = Этим поиском сейчас никто не занят.
problem-run_not_handed_out = Этот поиск не передан в n8n.
problem-run_not_ready = Этот поиск ещё не готов.
problem-match_not_waiting = Эта вакансия уже не ждёт показа.
problem-upload_not_queued = Этот файл уже читается или прочитан.
problem-upload_not_parsing = Этот файл сейчас не читается.
problem-upload_already_parsed = Этот файл уже прочитан.
problem-job_not_found = Такого задания нет.
problem-job_not_failed = Повторить можно только неудавшееся задание.
problem-not_the_latest_search = С тех пор начат другой поиск: повтор этого заменил бы его результаты.
problem-not_handed_out = Эта работа не передавалась в n8n.
problem-another_execution = Этой работой занят другой запуск, и принимаются только его результаты.
problem-other_pages = Первая страница назвала другое число страниц.
problem-execution_not_found = Неизвестно, какую работу выполняет этот запуск. Возможно, она ещё не записана: сообщите чуть позже ещё раз.
problem-n8n_unreachable = n8n не отвечает. Встроенный поиск работает без него.
problem-n8n_busy = n8n уже занят столькими поисками, сколько ему дают сразу. Встроенный поиск работает без него.
problem-n8n_unauthorized = n8n не принимает наш токен (N8N_TOKEN).
problem-n8n_not_published = Процесс не опубликован в n8n. Запустите job-assistant n8n install.
problem-n8n_error = В n8n произошла ошибка.
problem-n8n_refused = n8n отказался от работы.
problem-n8n_silent = n8n вовремя не сообщил, что стало с работой.
problem-n8n_failed = n8n сообщил, что его работа не удалась.
problem-n8n_unused = n8n ответил, но поиск завершился без его ответа.
problem-hand_out_not_given = Эта работа не передана в n8n.
problem-hand_out_not_late = Опоздавших результатов этого поиска нет.
problem-hand_out_not_held = Опоздавшими результатами этого поиска сейчас никто не занят.
problem-hand_out_dropped = Результатов этого поиска больше никто не ждёт.
problem-store_unavailable = База данных не отвечает. Повторите чуть позже.
problem-similarity_unavailable = Модель, которая сравнивает смыслы, даёт сбой. Повторите чуть позже.
problem-ranking_unfinished = Столько новых текстов не удалось сравнить за отведённое время. Повторите запрос: сравнение продолжится с того же места; или присылайте меньше вакансий за раз.
problem-erasures_unavailable = Удаление не удалось записать на случай восстановления из копии, поэтому ничего не удалено. Повторите чуть позже.
problem-internal_error = На нашей стороне что-то сломалось. Сообщите нам request_id.

# Files: what is the matter and what to do. The same codes stand in an upload's `reason`.
problem-list_too_large = Список слишком большой: не больше 1 МБ.
problem-file_too_large = Файл больше { $megabytes } МБ. Сохраните резюме без картинок и пришлите снова.
problem-empty_file = Файл пуст. Пришлите файл с резюме.
problem-unsupported_type = Такой файл мы не читаем. Сохраните резюме как PDF, DOCX или RTF.
problem-file_encrypted = Файл закрыт паролем. Снимите пароль и пришлите снова.
problem-file_broken = Файл повреждён. Сохраните резюме заново и пришлите ещё раз.
problem-no_text = В файле нет текста — похоже, это скан или фото. Пришлите резюме, сохранённое из редактора как PDF или DOCX.
problem-not_a_resume = Мы не нашли в файле резюме. Пришлите резюме или заполните форму.
problem-too_much_text = В файле слишком много текста для резюме. Пришлите только резюме.
problem-file_unreadable = Файл не открывается: { $why }.
problem-resume_json_invalid = Резюме в JSON неверно: { $errors }.
problem-file_gone = Файл уже удалён. Пришлите его снова.
problem-reader_timeout = Файл читался слишком долго. Сохраните резюме заново, без сложной графики, и пришлите снова.
problem-reader_crashed = Файл не удалось прочитать. Сохраните резюме заново как PDF или DOCX и пришлите снова.
problem-reader_out_of_memory = Файл слишком сложный. Сохраните резюме без картинок и пришлите снова.
problem-reader_busy = Сервер был перегружен. Пришлите файл ещё раз.
problem-reader_closed = Сервер останавливался. Пришлите файл ещё раз.
problem-interrupted = Работа прерывалась слишком много раз. Попробуйте ещё раз.

# What to know of a file that was read all the same.
warning-hidden_text_left_out = В файле есть текст, которого не видно на странице: белый, скрытый, очень мелкий или за краем листа. Мы его не читали; если он нужен в резюме, сделайте его видимым и пришлите файл снова.

# What is wrong with a field.
field-required = Обязательное поле.
field-null = Не может быть null.
field-invalid = Недопустимое значение.
field-unknown_field = Такого поля нет.
field-not_an_object = Нужен объект.
field-not_a_list = Нужен список.
field-not_a_text = Нужна строка.
field-not_a_file = Нужен файл.
field-bad_characters = Недопустимые символы.
field-bad_length-within = Длина — от { $least } до { $most }.
field-out_of_range-within = Допустимо от { $least } до { $most }.
field-too_many-within = Не больше { $most } элементов.
field-unknown_choice-within = Допустимо: { $choices }.
field-bad_length = Недопустимая длина.
field-too_long = Слишком длинно.
field-too_many = Слишком много элементов.
field-not_a_number = Нужно число.
field-not_a_whole_number = Нужно целое число.
field-out_of_range = Вне допустимых пределов.
field-not_a_boolean = Нужно true или false.
field-unknown_choice = Такого варианта нет.
field-not_a_time = Нужно время в формате ISO 8601.
field-not_a_month = Нужен год или месяц: 2024 или 2024-05.
field-not_a_currency = Нужен код валюты из трёх букв.
field-not_an_email = Это не адрес электронной почты.
field-not_a_phone = Это не номер телефона.
field-not_an_hh_url = Нужна ссылка https на hh.ru или его региональный сайт.
field-not_a_web_address = Нужна ссылка http или https.
field-consent_required = Нужно согласие с действующими условиями.
field-bad_source = Имя источника: строчные латинские буквы, цифры и _, до 31 символа.
field-duplicate = Уже встречалось раньше.
field-bad_id = Идентификатор: буквы, цифры и знаки . : - _, до 100 символов.
field-built_in_source = Идентификаторы встроенных источников заняты.
field-unknown_source = Такого источника нет.
field-not_with_search_id = Вместе с search_id не указывают: у поиска оно своё.
field-not_with_resume = Нужно что-то одно: resume или search_id.
field-not_in_text = В тексте файла этого нет.
field-text_gone = Текст файла уже не хранится: ответ пришёл слишком поздно, сверить его не с чем.
field-not_a_skill = Это место, а не навык.
field-denied_by_the_person = Пользователь сказал, что этого не умеет.
field-unknown_vacancy = Такой вакансии нет.
field-confirmed_too = Этот навык одновременно подтверждён.
field-below_salary_from = Меньше, чем salary_from.
field-no_words = Нужно хотя бы одно слово.
field-never_shown = Эту вакансию вам не показывали.
field-not_json = Это не JSON.

# Reasons on a card.
reason-role_fits = Подходит под желаемую должность «{ $wished }»
reason-other_technology = Та же роль, но на другой технологии: { $names }
reason-skills_matched = { $count ->
    [one] Совпал { $count } навык из { $total }: { $names }
    [few] Совпали { $count } навыка из { $total }: { $names }
   *[many] Совпали { $count } навыков из { $total }: { $names }
}
reason-skills_missing = { $count ->
    [one] Не хватает { $count } навыка: { $names }
   *[many] Не хватает { $count } навыков: { $names }
}
reason-skills_unknown = В резюме не уточнено: { $names }
reason-experience_fits = { $years ->
    [one] Опыта достаточно: { $years } год, просят от { $asked }
    [few] Опыта достаточно: { $years } года, просят от { $asked }
    [many] Опыта достаточно: { $years } лет, просят от { $asked }
   *[other] Опыта достаточно: { $years } года, просят от { $asked }
}
reason-experience_short = { $asked ->
    [one] Просят опыт от { $asked } года, в резюме { $years }
   *[many] Просят опыт от { $asked } лет, в резюме { $years }
}
reason-place_fits = Ваш город: { $area }
reason-region_fits = Ваш регион: { $area }
reason-remote_fits = Можно работать удалённо
reason-not_remote = Не удалённо, как вы хотели, а { $format }: { $area }
reason-rotation = { $travel ->
    [paid] Вахта: { $area }, далеко от дома, но проезд оплачивают
   *[unsaid] Вахта: { $area }, далеко от дома; кто платит за проезд, не сказано
}
reason-rotation_own = Вахта: { $area }, далеко от дома, проезд за свой счёт
reason-other_place = Другой город: { $area }
reason-salary_fits = { $bound ->
    [from] Зарплата от { $offered } ₽ на руки — не ниже желаемой
   *[to] Зарплата до { $offered } ₽ на руки — не ниже желаемой
}
reason-salary_open = Зарплата от { $offered } ₽ на руки, верхняя граница не названа; вы хотите { $wished }
reason-salary_low = Зарплата до { $offered } ₽ на руки — ниже желаемых { $wished }
reason-cap_experience_far_below = Просят намного больше опыта
reason-cap_far_away = Далеко от вас и не удалённо
reason-cap_licence_missing = В резюме нет обязательного документа или допуска: { $names }
reason-cap_other_profession = Другая профессия, чем вы ищете
reason-cap_pay_far_below = Платят намного меньше, чем вы хотите
reason-cap_seniority_gap = { $way ->
    [higher] Уровень должности заметно выше вашего{ $offered ->
        [years] {""}
       *[other] {""}: { $offered }, а у вас { $own }
    }
    [lower] Уровень должности заметно ниже вашего{ $offered ->
        [years] {""}
       *[other] {""}: { $offered }, а у вас { $own }
    }
   *[other] Уровень должности сильно отличается от вашего
}
reason-other_level = { $way ->
    [higher] Та же профессия, но уровень выше вашего: { $offered }, а у вас { $own }
   *[lower] Та же профессия, но уровень ниже вашего: { $offered }, а у вас { $own }
}
limit-told-by-another = { $text }: сильнее мешает другое
limit-experience = Просят больше опыта: остаётся { $percent } %
limit-far_away = Далеко от вас и не удалённо: остаётся { $percent } %
limit-level = { $offered ->
    [years] { $way ->
        [higher] Просят больше опыта, чем у вас: остаётся { $percent } %
       *[lower] Просят меньше опыта, чем у вас: остаётся { $percent } %
    }
   *[other] { $way ->
        [higher] Уровень должности выше вашего ({ $offered }, а у вас { $own }): остаётся { $percent } %
       *[lower] Уровень должности ниже вашего ({ $offered }, а у вас { $own }): остаётся { $percent } %
    }
}
limit-licence_missing = Нет обязательного документа или допуска ({ $names }): остаётся { $percent } %
limit-pay_far_below = Платят намного меньше желаемого: остаётся { $percent } %
limit-role = Другая работа, чем вы ищете: остаётся { $percent } %
reason-weak_from_here = Дальше — вакансии, которые подходят слабо
reason-little_is_known = О многом вакансия и резюме молчат, оценка осторожная

# Why a person's taste moved a vacancy in their queue.
reason-liked_skills = Похоже на то, что вам понравилось: { $names }
reason-liked_role = Похоже на то, что вам понравилось: «{ $title }»
reason-liked_employer = Вам понравилась вакансия этого работодателя: { $company }
reason-liked_format = Похоже на то, что вам понравилось: { $format }
reason-liked_pay = Похоже на то, что вам понравилось: зарплата { $least ->
    [0] до { $most } ₽
   *[other] { $most ->
        [0] от { $least } ₽
       *[other] { $least }–{ $most } ₽
    }
} на руки
reason-liked_area = Похоже на то, что вам понравилось: { $area }
reason-liked_experience = Похоже на то, что вам понравилось: { $least ->
    [0] без опыта
    [1] опыт от 1 года
   *[other] опыт от { $least } лет
}
reason-passed_skills = От похожего вы отказались: { $names }
reason-passed_role = От похожего вы отказались: «{ $title }»
reason-passed_employer = От вакансии этого работодателя вы отказались: { $company }
reason-passed_format = От похожего вы отказались: { $format }
reason-passed_pay = От похожего вы отказались: зарплата { $least ->
    [0] до { $most } ₽
   *[other] { $most ->
        [0] от { $least } ₽
       *[other] { $least }–{ $most } ₽
    }
} на руки
reason-passed_area = От похожего вы отказались: { $area }
reason-passed_experience = От похожего вы отказались: { $least ->
    [0] без опыта
    [1] опыт от 1 года
   *[other] опыт от { $least } лет
}

# Lines of an explanation.
line-skills-met = { $subject }: есть (в резюме: «{ $proof }»)
line-skills-unmet = { $must ->
    [must] { $subject }: нет в резюме, а вакансия этого просит
    [title] { $subject }: нет в резюме, а должность в названии вакансии это предполагает
    [other] { $subject }: в резюме «{ $proof }», а просят другое
   *[nice] { $subject }: нет в резюме, но это лишь плюс
}
line-skills-unknown = { $subject }: в резюме «{ $proof }», точнее не сказано
line-role-met = Должность «{ $asked }» — то, что вы ищете («{ $proof }»)
line-role-unmet = { $subject ->
    [level] Должность «{ $asked }» — ваша профессия, но другой её уровень (вы ищете «{ $proof }»)
    [profession] Должность «{ $asked }» — другая профессия (вы ищете «{ $proof }»)
    [technology] Должность «{ $asked }» — та же профессия, но на другой технологии (вы ищете «{ $proof }»)
    [position] Должность «{ $asked }» — та же или близкая профессия, но другая должность (вы ищете «{ $proof }»)
   *[other] Должность «{ $asked }» — не совсем то, что вы ищете («{ $proof }»)
}
line-role-unknown = Желаемая должность в резюме не указана
line-experience-met = Опыт: { $asked }, в резюме { $proof }
line-experience-unmet = Опыт: { $asked }, в резюме { $proof }
line-place-met = { $subject ->
    [format] Формат: { $asked } — подходит
   *[area] Место: { $asked } — подходит
}
line-place-unmet = { $subject ->
    [format] Формат: { $asked }, а вы хотели удалённо
   *[area] Место: { $asked } — не там, где вы
}

# Levels of seniority inside other messages.
level-name-intern = стажёр
level-name-junior = начинающий
level-name-middle = специалист
level-name-senior = старший
level-name-lead = ведущий или заместитель
level-name-head = руководитель

# Work formats inside other messages.
format-office = в офисе
format-remote = удалённо
format-hybrid = гибрид
format-field = разъездная работа
more = { $names } и ещё { $count }
line-salary-met = { $subject ->
    [salary_from] Зарплата: вы хотите { $asked }, предлагают от { $proof } ₽ на руки
   *[salary_to] Зарплата: вы хотите { $asked }, предлагают до { $proof } ₽ на руки
}
line-salary-unknown = Зарплата: вы хотите { $asked }, предлагают от { $proof } ₽ на руки, верхняя граница не названа
line-salary-unmet = Зарплата: вы хотите { $asked }, предлагают до { $proof } ₽ на руки

# Years inside other messages.
years = { $years ->
    [one] { $years } год
    [few] { $years } года
    [many] { $years } лет
   *[other] { $years } года
}
years-untold = не указан
years-not_held = опыта нет
years-none = можно без опыта
years-from = { $least ->
    [one] просят от { $least } года
    [few] просят от { $least } лет
    [many] просят от { $least } лет
   *[other] просят от { $least } года
}
years-to = { $most ->
    [one] просят до { $most } года
    [few] просят до { $most } лет
    [many] просят до { $most } лет
   *[other] просят до { $most } года
}
years-between = { $most ->
    [one] просят { $least }–{ $most } год
    [few] просят { $least }–{ $most } года
    [many] просят { $least }–{ $most } лет
   *[other] просят { $least }–{ $most } года
}

# Lines of a résumé's quality.
quality-contacts = Контакты
quality-target = Желаемая должность
quality-conditions = Зарплата, место и формат
quality-experience = Места работы
quality-results = Результаты и цифры
quality-skills = Навыки
quality-proof = Навыки подтверждены опытом
quality-dates = Даты согласованы
quality-length = Объём рассказа
quality-languages = Языки
quality-education = Образование
quality-readability = Читаемость

# What to do about them. Never to make anything up.
quoted = «{ $name }»
gain-points = +{ $gain }
advice-gain = { $text } Это до { gain-points } к оценке.
advice-contacts_missing = Укажите телефон или почту: иначе с вами не смогут связаться.
advice-target_missing = Назовите одну желаемую должность так, как её пишут в вакансиях.
advice-target_vague = «{ $position }» — это не должность. Назовите одну, которую ищете прежде всего.
advice-target_scattered = { $names } — разные профессии. Оставьте в этом резюме одну, для другой заведите второе.
advice-target_unclear = «{ $position }» — слишком общее название. Уточните его, как в вакансиях: чем или с чем вы работаете.
advice-target_long = Сократите желаемую должность «{ $position }» до 2–6 слов, остальное перенесите в рассказ о себе.
advice-salary_missing = Назовите желаемую зарплату: так вам не предложат меньше, чем вам нужно.
advice-place_missing = Укажите город или регион, где хотите работать.
advice-format_missing = Укажите формат работы: офис, удалённо, гибрид или разъездная.
advice-jobs_missing = Перечислите места работы: должность, компанию, месяц начала и окончания.
advice-position_missing = Назовите должность: { $names }.
advice-company_missing = Назовите работодателя (или напишите «работаю на себя», если это так): { $names }.
advice-period_missing = Укажите, когда начали и когда закончили: { $names }.
advice-results_untold = Расскажите, чего вы добились на прежних местах: что сделали и какими были цифры.
advice-results_missing = Расскажите, что вы сделали и что изменилось, лучше в цифрах (сколько, на сколько, за какой срок), — только то, что было на самом деле: { $names }.
advice-figures_missing = Добавьте настоящие цифры (сколько, на сколько, за какой срок), если вы их знаете: { $names }.
advice-figures_few = Одна цифра уже есть. Добавьте ещё одну настоящую (сколько, на сколько, за какой срок), если вы её знаете: { $names }.
advice-outcomes_missing = Кроме обязанностей напишите, что удалось: «сократил», «запустила», «обучил», — если это правда: { $names }.
advice-outcomes_few = Один результат уже есть. Напишите, что ещё удалось: «сократил», «запустила», «обучил», — если это правда: { $names }.
advice-skills_few = { $count ->
    [0] Перечислите навыки: от 5 до 25, которыми владеете, словами вакансий.
   *[other] Сейчас навыков { $count }. Перечислите от 5 до 25, которыми владеете, словами вакансий.
}
advice-skills_unrecognised = Эти навыки мы не распознали: { $names }. Назовите их так, как пишут в вакансиях, если речь о том же.
advice-skills_many = Список длинный, и не всё в нём подтверждено опытом. Уберите второстепенное или покажите в описании работы: { $names }.
advice-skills_general = Общие качества есть у всех: { $names }. Замените их тем, что умеете делать, если это правда.
advice-nothing_to_prove = Перечислите навыки и покажите в описании работы, где вы их применяли.
advice-skills_unproven = Эти навыки нигде не подтверждены: { $names }. Если вы применяли их в работе, напишите в её описании где и для чего.
advice-dates_reversed = Проверьте даты, окончание раньше начала: { $names }.
advice-dates_in_future = Проверьте даты, они ещё не наступили: { $names }.
advice-jobs_at_once = Проверьте даты: по ним вы одновременно работали в { $count } местах. Если так и было, объясните это в описании.
advice-years_disagree = Указан опыт { $stated }, а по датам выходит { $dated }. Исправьте то, что неточно.
advice-texts_missing = Напишите о каждом месте работы 2–5 предложений: что делали, с чем работали, что удалось.
advice-text_missing = Напишите 2–5 предложений о том, что делали: { $names }.
advice-text_short = Расскажите подробнее, хватит 2–5 предложений: { $names }.
advice-text_long = Сократите рассказ до главного, оставьте задачи, инструменты и результаты: { $names }.
advice-languages_missing = Укажите языки и уровень, хотя бы родной.
advice-levels_missing = Укажите уровень (A1–C2 или родной), какой есть на самом деле: { $names }.
advice-education_level_missing = Укажите уровень образования.
advice-education_place_missing = Напишите, где и чему вы учились.
advice-sentences_long = { $count ->
    [one] Разбейте { $count } длинное предложение на короткие: { $names }.
    [few] Разбейте { $count } длинных предложения на короткие: { $names }.
   *[other] Разбейте { $count } длинных предложений на короткие: { $names }.
}
advice-capitals = Не пишите заглавными буквами: { $names }.
advice-first_person = Слов «я», «мой», «мне» много ({ $count }): начинайте с дела — «сделал», «веду», «отвечаю».
advice-fillers = Это пишут все: { $names }. Покажите это на примере из работы, если он есть, или уберите.

# Чего просит рынок. Ничего нельзя приписывать: только если это правда.
asked-by = { $must ->
    [0] { asked-of-market }
   *[other] { asked-of-market }, обязательно — в { $must }
}
asked-of-market = { $market ->
    [one] спрашивают в { $asked } из { $market } вакансии
   *[other] спрашивают в { $asked } из { $market } вакансий
}
recommend-add = { $skill }: { asked-by }. Если это правда и вы этим владеете, добавьте в список навыков.
recommend-mention = { $skill }: { asked-by }. У вас { $place } есть { $words }, а в списке навыков нет. Добавьте, если это правда.
recommend-level = { $skill }: { asked-by }. Если это правда и вы владеете языком так, укажите его уровень.
recommend-licence = { $skill }: { asked-by }. Если это правда и документ у вас есть, добавьте его в список навыков.
recommend-learn = { $skill }: { asked-by }. Вы отметили, что этого у вас нет. Когда освоите и это станет правдой, добавьте.
recommend-effect = { $fitting ->
    [0] { $text } Это в среднем { gain-points } к оценке.
    [one] { $text } Это в среднем { gain-points } к оценке, и ещё { $fitting } вакансия наберёт { $from }.
    [few] { $text } Это в среднем { gain-points } к оценке, и ещё { $fitting } вакансии наберут { $from }.
   *[other] { $text } Это в среднем { gain-points } к оценке, и ещё { $fitting } вакансий наберут { $from }.
}
keyword-told = { $skill }: спрашивают в { $percent } % вакансий вашей роли. У вас { $place } есть { $words }, а в списке навыков нет. Добавьте, если это правда.
keyword-implied = { $skill }: спрашивают в { $percent } % вакансий вашей роли. У вас это следует из навыка { $words }, но тот, кто ищет по слову, этого не увидит. Добавьте и его, если это правда.
level-native = (родной)
found-experience = в опыте, { $job },
found-summary = в рассказе о себе
found-position = в названии должности
silence-no_vacancies = Пока нет вакансий, с которыми можно сравнить резюме. Начните поиск или зайдите, когда они появятся.
silence-other_professions = Среди известных нам вакансий нет вашей профессии. Проверьте желаемую должность: её стоит назвать так, как пишут в вакансиях.
silence-nothing_missing = Вакансии вашей роли не спрашивают ничего, чего не было бы в резюме.

# Accounts at hh.ru.
problem-hh_not_configured = Вход через hh.ru здесь не настроен. Скачайте резюме с hh.ru в PDF и пришлите файл.
problem-hh_not_linked = Аккаунт hh.ru не подключён.
problem-hh_busy = Аккаунт hh.ru сейчас синхронизируется. Повторите через минуту.
problem-hh_relogin_needed = Вход на hh.ru устарел. Войдите через hh.ru ещё раз.
problem-closed_by_provider = hh.ru не отдаёт резюме соискателей другим программам (с 15 декабря 2025 года). Скачайте резюме с hh.ru в PDF и пришлите файл — мы прочитаем его так же полно.
problem-not_an_applicant = Это аккаунт работодателя. Войдите на hh.ru как соискатель.
problem-no_resume_at_hh = На hh.ru у вас нет ни одного заполненного резюме. Заполните форму или пришлите файл.
problem-hh_resume_not_found = Такого резюме в вашем аккаунте hh.ru нет.
problem-hh_code_used = Этот вход уже использован. Войдите через hh.ru ещё раз.
problem-hh_code_expired = Вход через hh.ru не завершился вовремя. Войдите ещё раз.
problem-hh_account_barred = hh.ru не пускает в этот аккаунт. Проверьте его на hh.ru.
problem-hh_not_approved = hh.ru не принимает наше приложение. Скачайте резюме с hh.ru в PDF и пришлите файл.
again-when = { $minutes ->
    [0] чуть позже.
   *[other] через { $minutes } мин.
}
problem-hh_unavailable = hh.ru сейчас не отвечает как следует. Попробуйте ещё раз { again-when }
problem-hh_captcha = hh.ru просит подтвердить, что мы не робот (капча): программа этого не может. Скачайте резюме с hh.ru в PDF и пришлите файл или попробуйте ещё раз { again-when }
problem-hh_rate_limited = hh.ru просит обращаться к нему реже. Попробуйте ещё раз { again-when }
problem-hh_blocked = hh.ru не пускает к себе наш сервер, и повторять бесполезно. Скачайте резюме с hh.ru в PDF и пришлите файл.
problem-hh_busy_now = Сейчас с hh.ru синхронизируются сразу многие. Попробуйте ещё раз { again-when }
problem-hh_tokens_sealed = Вход на hh.ru сохранён, но открыть его здесь нечем, и повторять бесполезно. Войдите через hh.ru ещё раз или пришлите резюме файлом.
problem-hh_linked_sync = Аккаунт hh.ru подключён, но резюме ещё не загружено: его загрузит синхронизация.
problem-hh_answer_lost = Ответ hh.ru потерялся. Войдите через hh.ru ещё раз.
problem-sign_in_not_found = Такого входа нет: ссылка не наша или уже заменена новой.
problem-sign_in_over = Эта ссылка больше не действует. Попросите у бота новую.
problem-sign_in_failed = На hh.ru что-то пошло не так. Откройте ссылку для входа ещё раз.
problem-sign_in_refused = Вы не разрешили доступ к hh.ru. Ничего не загружено.
problem-no_pending_sign_in = Вход через hh.ru не начат. Сначала возьмите ссылку.
problem-already_imported = По этой ссылке резюме уже загружено. Другое резюме загрузит синхронизация, новый доступ — новая ссылка.
problem-import_running = Резюме уже загружается. Подождите немного.
hh-none = Чтобы загрузить резюме с hh.ru, возьмите ссылку для входа. Или пришлите резюме файлом.
hh-not_brought = Аккаунт hh.ru подключён, но резюме ещё не загружено: запустите синхронизацию.
hh-pending = Вход начат: откройте ссылку и разрешите доступ.
hh-not_configured = Вход через hh.ru здесь не настроен. Скачайте резюме с hh.ru в PDF и пришлите файл.
hh-relogin_needed = Вход на hh.ru устарел. Войдите через hh.ru ещё раз.
hh-closed_by_provider = hh.ru не отдаёт резюме соискателей другим программам (с 15 декабря 2025 года). Скачайте резюме с hh.ru в PDF и пришлите файл.
field-names_no_vacancy = Здесь нет ни ссылки на вакансию hh.ru или trudvsem.ru, ни номера вакансии, который мы знаем.
field-not_a_date = Это не дата: нужна вида 2026-11-23 или 23.11.2026.
field-not_a_table = Это не таблица CSV.
field-no_vacancy_column = В таблице нет столбца с вакансиями: url, link, «ссылка», vacancy_id, vacancy или «вакансия».
field-no_rows = В таблице нет ни одной строки, кроме заголовка.
field-list_too_large = Список слишком большой: не больше 5000 строк и 1 МБ.

# The page that a person sees when hh.ru leads them back.
page-confirm-title = Загрузить резюме с hh.ru?
page-confirm-question = Резюме и отклики из вашего аккаунта hh.ru получит пользователь Telegram с этим номером:
page-confirm-compare = Сравните: этот код ваш бот показал рядом со ссылкой.
page-confirm-warning = Если ваш бот не показывал вам этот код, закройте страницу: кто-то прислал вам свою ссылку.
page-confirm-button = Код совпадает — загрузить
page-done-title = Готово
page-done-text = Резюме загружено.
page-done-back = Вернитесь в Telegram.
page-running-title = Загружаем
page-running-back = Страница обновится сама. Можно и вернуться в Telegram.
page-linked-title = Аккаунт подключён, но резюме ещё нет
page-linked-back = Входить заново не нужно: вернитесь в Telegram, резюме загрузит бот.
page-again-title = Пока не получилось
page-again-back = Обновите эту страницу чуть позже или вернитесь в Telegram.
page-trouble-title = Не получилось
page-trouble-back = Вернитесь в Telegram.
