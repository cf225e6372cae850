"""What the title catalogue reads in titles as people write them."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import combinations
from time import perf_counter

import pytest

from adapters.lexicon.skills import SkillCatalogue
from adapters.lexicon.stems import SnowballStems
from adapters.lexicon.titles import TitleCatalogue
from domain.matching.lexicon import Title, Titles

TITLES = (
    ("Golang developer", "backend_developer", None),
    ("Go-разработчик", "backend_developer", None),
    ("Senior Go Developer (удалённо)", "backend_developer", 3),
    ("Программист Python", "backend_developer", None),
    ("Java-разработчик", "backend_developer", None),
    ("Junior Java Developer", "backend_developer", 1),
    ("Backend-разработчик (Python)", "backend_developer", None),
    ("Бэкенд-разработчик", "backend_developer", None),
    ("Ведущий backend разработчик PHP", "backend_developer", 3),
    ("Node.js developer", "backend_developer", None),
    ("C# разработчик", "backend_developer", None),
    (".NET Developer", "backend_developer", None),
    ("PHP-программист", "backend_developer", None),
    ("React developer", "frontend_developer", None),
    ("Frontend Developer", "frontend_developer", None),
    ("Фронтенд-разработчик (Vue.js)", "frontend_developer", None),
    ("Vue.js разработчик", "frontend_developer", None),
    ("Middle Frontend-разработчик", "frontend_developer", 2),
    ("Fullstack-разработчик", "fullstack_developer", None),
    ("Full-stack developer (React + Node.js)", "fullstack_developer", None),
    ("Разработчик Python/React", "fullstack_developer", None),
    ("Swift-разработчик", "ios_developer", None),
    ("iOS Developer", "ios_developer", None),
    ("Android-разработчик", "android_developer", None),
    ("Kotlin developer", "android_developer", None),
    ("Flutter-разработчик", "mobile_developer", None),
    ("Разработчик мобильных приложений", "mobile_developer", None),
    ("1С программист", "onec_developer", None),
    ("Программист 1С", "onec_developer", None),
    ("Программист 1C", "onec_developer", None),
    ("1С:Программист", "onec_developer", None),
    ("Ведущий программист 1С", "onec_developer", 3),
    ("Стажер-программист 1С", "onec_developer", 0),
    ("Консультант 1С", "onec_analyst", None),
    ("Программист 1С-Битрикс", "bitrix_developer", None),
    ("Программист", "software_engineer", None),
    ("Инженер-программист", "software_engineer", None),
    ("Software Engineer", "software_engineer", None),
    ("Senior Software Engineer", "software_engineer", 3),
    ("Разработчик C++", "cpp_developer", None),
    ("Unity-разработчик", "game_developer", None),
    ("Тестировщик", "qa_engineer", None),
    ("QA engineer/тестировщик", "qa_engineer", None),
    ("QA Engineer", "qa_engineer", None),
    ("Ручной тестировщик", "qa_manual", None),
    ("Тестировщик (manual)", "qa_manual", None),
    ("QA Automation Engineer", "qa_auto", None),
    ("Автотестировщик (Java)", "qa_auto", None),
    ("QA-инженер (Selenium)", "qa_auto", None),
    ("Data Scientist", "data_scientist", None),
    ("Аналитик данных", "data_analyst", None),
    ("Data analyst", "data_analyst", None),
    ("Аналитик (SQL, Power BI)", "data_analyst", None),
    ("Бизнес-аналитик", "business_analyst", None),
    ("Системный аналитик", "system_analyst", None),
    ("Младший системный аналитик", "system_analyst", 1),
    ("Аналитик", "analyst", None),
    ("Machine Learning Engineer", "ml_engineer", None),
    ("Data Engineer", "data_engineer", None),
    ("DevOps-инженер", "devops_engineer", None),
    ("Senior DevOps Engineer", "devops_engineer", 3),
    ("SRE", "devops_engineer", None),
    ("Системный администратор", "system_administrator", None),
    ("Администратор Linux", "system_administrator", None),
    ("Помощник системного администратора", "system_administrator", 1),
    ("Сетевой инженер", "network_engineer", None),
    ("Специалист технической поддержки", "support_engineer", None),
    ("Инженер техподдержки 2 линии", "support_engineer", None),
    ("Technical support engineer", "support_engineer", None),
    ("IT-специалист", "support_engineer", None),
    ("IT support specialist", "support_engineer", None),
    ("Специалист по информационной безопасности", "security_engineer", None),
    ("UX/UI дизайнер", "ux_designer", None),
    ("UI/UX Designer", "ux_designer", None),
    ("Product Designer", "ux_designer", None),
    ("Графический дизайнер", "graphic_designer", None),
    ("Дизайнер", "designer", None),
    ("Дизайнер (Photoshop, Illustrator)", "graphic_designer", None),
    ("Product Manager", "product_manager", None),
    ("Менеджер проектов", "project_manager", None),
    ("Руководитель проекта", "project_manager", None),
    ("Руководитель проектов", "project_manager", None),
    ("Project manager", "project_manager", None),
    ("Scrum-мастер", "scrum_master", None),
    ("Технический директор", "it_head", 5),
    ("CTO", "it_head", 5),
    ("Head of IT", "it_head", 5),
    ("Team Lead Python", "backend_developer", 4),
    ("Тимлид backend", "backend_developer", 4),
    ("Tech Lead (Java)", "backend_developer", 4),
    ("Lead Frontend Developer", "frontend_developer", 4),
    ("Маркетолог", "marketer", None),
    ("Интернет-маркетолог", "internet_marketer", None),
    ("Директор по маркетингу", "marketing_head", 5),
    ("Head of Marketing", "marketing_head", 5),
    ("SEO-специалист", "seo_specialist", None),
    ("SMM-менеджер", "smm_manager", None),
    ("Менеджер по продажам B2B", "sales_manager", None),
    ("Менеджер по продажам", "sales_manager", None),
    ("Менеджер активных продаж", "sales_manager", None),
    ("Старший менеджер по продажам", "sales_manager", 3),
    ("Sales manager", "sales_manager", None),
    ("Руководитель отдела продаж", "sales_head", 5),
    ("Начальник отдела продаж", "sales_head", 5),
    ("Head of Sales", "sales_head", 5),
    ("Помощник руководителя отдела продаж", "personal_assistant", None),
    ("Менеджер по работе с клиентами", "account_manager", None),
    ("Key Account Manager", "account_manager", None),
    ("Торговый представитель", "sales_representative", None),
    ("Оператор call-центра", "call_centre_operator", None),
    ("Оператор колл-центра (удаленно)", "call_centre_operator", None),
    ("Оператор контакт-центра", "call_centre_operator", None),
    ("Специалист в колл-центр", "call_centre_operator", None),
    ("Кассир", "cashier", None),
    ("Кассир в супермаркет", "cashier", None),
    ("Продавец-кассир", "sales_assistant", None),
    ("Продавец-консультант", "sales_assistant", None),
    ("Старший продавец", "sales_assistant", 3),
    ("Директор магазина", "store_manager", 5),
    ("Администратор магазина", "shop_administrator", None),
    ("Бухгалтер", "accountant", None),
    ("Главный бухгалтер", "chief_accountant", 5),
    ("Гл. бухгалтер", "chief_accountant", 5),
    ("Главбух", "chief_accountant", 5),
    ("Заместитель главного бухгалтера", "chief_accountant", 4),
    ("Зам. главного бухгалтера", "chief_accountant", 4),
    ("Помощник бухгалтера", "accountant", 1),
    ("Старший бухгалтер", "accountant", 3),
    ("Бухгалтер по заработной плате", "payroll_accountant", None),
    ("Бухгалтер (материальный стол)", "accountant", None),
    ("Chief accountant", "chief_accountant", 5),
    ("Accountant", "accountant", None),
    ("Экономист", "economist", None),
    ("Финансовый аналитик", "financial_analyst", None),
    ("Финансовый директор", "finance_head", 5),
    ("Аудитор", "auditor", None),
    ("HR-менеджер", "hr_generalist", None),
    ("Менеджер по персоналу", "hr_generalist", None),
    ("Рекрутер", "recruiter", None),
    ("IT-рекрутер", "recruiter", None),
    ("Менеджер по подбору персонала", "recruiter", None),
    ("Специалист по охране труда", "safety_engineer", None),
    ("Юрист", "lawyer", None),
    ("Ведущий юрисконсульт", "lawyer", 3),
    ("Помощник юриста", "paralegal", None),
    ("Логист", "logistician", None),
    ("Менеджер по закупкам", "supply_manager", None),
    ("Специалист по закупкам", "supply_manager", None),
    ("Кладовщик", "storekeeper", None),
    ("Комплектовщик на склад", "picker", None),
    ("Комплектовщик-грузчик", "loader", None),
    ("Сборщик заказов", "picker", None),
    ("Грузчик", "loader", None),
    ("Заведующий складом", "warehouse_head", 5),
    ("Начальник склада", "warehouse_head", 5),
    ("Водитель", "driver", None),
    ("Водитель категории B", "driver", None),
    ("Водитель категории C", "truck_driver", None),
    ("Водитель кат. Е", "truck_driver", None),
    ("Водитель категории D", "bus_driver", None),
    ("Водитель (категория С, Е)", "truck_driver", None),
    ("Водитель погрузчика", "forklift_driver", None),
    ("Водитель автобуса", "bus_driver", None),
    ("Водитель такси", "taxi_driver", None),
    ("Водитель-курьер", "courier", None),
    ("Курьер", "courier", None),
    ("Пеший курьер Яндекс Еда", "courier", None),
    ("Truck driver", "truck_driver", None),
    ("Электромонтёр 5 разряда", "electrician", None),
    ("Электрик", "electrician", None),
    ("Сварщик", "welder", None),
    ("Электрогазосварщик", "welder", None),
    ("Оператор станков с ЧПУ", "cnc_operator", None),
    ("Токарь", "turner", None),
    ("Слесарь-ремонтник", "mechanic", None),
    ("Слесарь-сантехник", "plumber", None),
    ("Автослесарь", "car_mechanic", None),
    ("Разнорабочий", "handyman", None),
    ("Прораб", "foreman", None),
    ("Строитель", "builder", None),
    ("Отделочник-универсал", "finisher", None),
    ("Инженер ПТО", "civil_engineer", None),
    ("Инженер-проектировщик", "civil_engineer", None),
    ("Сметчик", "estimator", None),
    ("Инженер-сметчик", "estimator", None),
    ("Архитектор", "architect", None),
    ("Архитектор ПО", "software_architect", None),
    ("Solution Architect", "software_architect", None),
    ("Главный инженер", "chief_engineer", 5),
    ("Инженер-конструктор", "design_engineer", None),
    ("Инженер-технолог", "process_engineer", None),
    ("Главный технолог", "process_engineer", 5),
    ("Мастер участка", "production_master", None),
    ("Начальник цеха", "production_head", 5),
    ("Production manager", "production_head", 5),
    ("Медицинская сестра", "nurse", None),
    ("Медсестра процедурная", "nurse", None),
    ("Старшая медсестра", "nurse", 4),
    ("Главная медсестра", "clinic_head", 5),
    ("Врач", "doctor", None),
    ("Врач-терапевт", "therapist", None),
    ("Врач терапевт участковый", "therapist", None),
    ("Врач-стоматолог", "dentist", None),
    ("Педиатр", "paediatrician", None),
    ("Фармацевт", "pharmacist", None),
    ("Ветеринарный врач", "veterinarian", None),
    ("Главный врач", "clinic_head", 5),
    ("Учитель", "teacher", None),
    ("Учитель математики", "school_subject_teacher", None),
    ("Учитель начальных классов", "primary_teacher", None),
    ("Преподаватель английского языка", "language_teacher", None),
    ("Воспитатель детского сада", "kindergarten_teacher", None),
    ("Репетитор", "tutor", None),
    ("Логопед", "speech_therapist", None),
    ("Переводчик", "translator", None),
    ("Редактор", "editor", None),
    ("Главный редактор", "editor", 5),
    ("Копирайтер", "copywriter", None),
    ("Журналист", "journalist", None),
    ("Повар", "cook", None),
    ("Шеф-повар", "chef", 5),
    ("Су-шеф", "sous_chef", 4),
    ("Повар-кассир", "cook", None),
    ("Кондитер", "pastry_cook", None),
    ("Официант", "waiter", None),
    ("Официантка", "waiter", None),
    ("Бариста", "barista", None),
    ("Администратор гостиницы", "hotel_administrator", None),
    ("Администратор", "administrator", None),
    ("Парикмахер", "hairdresser", None),
    ("Мастер маникюра", "nail_master", None),
    ("Секретарь", "secretary", None),
    ("Офис-менеджер", "office_manager", None),
    ("Помощник руководителя", "personal_assistant", None),
    ("Personal assistant", "personal_assistant", None),
    ("Assistant to the CEO", "personal_assistant", None),
    ("Охранник", "security_guard", None),
    ("Уборщица", "cleaner", None),
    ("Уборщик служебных помещений", "cleaner", None),
    ("Агроном", "agronomist", None),
    ("Главный агроном", "agronomist", 5),
    ("Генеральный директор", "general_director", 5),
    ("Директор", "general_director", 5),
    ("Начальник отдела", None, 5),
    ("Менеджер", None, None),
    ("Ведущий специалист", None, 3),
    ("Инженер", None, None),
    ("Стажер", None, 0),
    ("Специалист", None, None),
    ("Космонавт", None, None),
    ("Ищу любую работу", None, None),
    ("", None, None),
    ("Оператор", None, None),
    ("Senior Golang Engineer", "backend_developer", 3),
    ("Python Engineer", "backend_developer", None),
    ("Intern / Data Analyst", "data_analyst", 0),
    ("Стажёр-аналитик данных", "data_analyst", 0),
    ("Менеджер по продажам, Москва", "sales_manager", None),
    ("Менеджер по продажам - Казань", "sales_manager", None),
    ("Кассир-операционист", "cash_clerk", None),
    ("Менеджер по продажам в отдел маркетинга", "sales_manager", None),
    ("Middle/Senior Python developer", "backend_developer", 2),
    ("Lead generation manager", "sdr", None),
    ("Продавец автозапчастей", "sales_assistant", None),
    ("Мерчендайзер", "merchandiser", None),
    ("Менеджер маркетплейсов (WB, Ozon)", "marketplace_manager", None),
    ("Сотрудник ПВЗ", "pickup_operator", None),
    ("Няня", "nanny", None),
    ("Сиделка", "caregiver", None),
    ("Психолог", "psychologist", None),
    ("Оператор 1С", "inventory_clerk", None),
    ("Оператор ПК", "inventory_clerk", None),
    ("Инженер КИПиА", "instrument_technician", None),
    ("Монтажник слаботочных систем", "low_current_installer", None),
    ("Помощник повара", "kitchen_worker", None),
    ("Помощник воспитателя", "childcare_assistant", None),
    ("Ассистент стоматолога", "dental_assistant", None),
    ("Горничная", "maid", None),
    ("Упаковщик/фасовщик", "picker", None),
    ("Машинист экскаватора", "machine_operator_heavy", None),
    ("Тракторист", "machine_operator_heavy", None),
    ("Швея", "tailor", None),
    ("Контент-менеджер", "content_manager", None),
    ("Product owner", "product_manager", None),
    ("Staff Engineer", None, 4),
    ("Principal Software Engineer", "software_engineer", 4),
    ("VP of Engineering", None, 5),
    ("Бригадир", None, 4),
    ("Системный инженер", "system_administrator", None),
    ("Инженер по тестированию", "qa_engineer", None),
    ("Автор курсов", None, None),
    ("Разработчик баз данных", "database_developer", None),
    ("Data Scientist (NLP)", "data_scientist", None),
    ("Руководитель группы разработки", "engineering_manager", 5),
    ("Менеджер по туризму", "tour_manager", None),
    ("Администратор салона красоты", "salon_administrator", None),
    ("Врач УЗИ", "radiologist", None),
    ("Web-дизайнер", "web_designer", None),
    ("Заведующая детским садом", "education_head", 5),
    ("Управляющий рестораном", "restaurant_manager", 5),
    ("Нужен водитель на погрузчик", "forklift_driver", None),
    ("Senior Java", "backend_developer", 3),
    ("Python", "backend_developer", None),
    ("Хочу работать водителем", "driver", None),
    ("Работа бухгалтером", "accountant", None),
    ("Требуются грузчики", "loader", None),
    ("Инженер-электроник", "electronics_engineer", None),
    ("Секретарь генерального директора", "secretary", None),
    ("Персональный водитель руководителя", "personal_driver", None),
    ("Водитель генерального директора (личный)", "driver", None),
    ("Ассистент главного врача", "assistant", None),
    ("Личный помощник руководителя", "personal_assistant", None),
    ("Старший секретарь директора", "secretary", 3),
    ("Secretary to the Director", "secretary", None),
    ("Driver for the CEO", "driver", None),
    ("Заместитель генерального директора", "general_director", 4),
    ("Ищу должность руководителя отдела продаж", "sales_head", 5),
)

# As employers write them: two names at once, grades, places, sums of money.
OF_THE_WORLD = (
    ("Mechanical Designer / Drafter", "design_engineer", None),
    ("Mechanical/Machine Designer", "design_engineer", None),
    ("Contract Mechanical/Vessel Engineer", "design_engineer", None),
    ("Diesel Mechanic", "car_mechanic", None),
    ("Maintenance Technician - 2nd Shift", "mechanic", None),
    ("Associate Product Developer", None, None),
    ("Business / Process Analyst", "business_analyst", None),
    ("Senior Web/Visual Designer", "web_designer", 3),
    ("Accounting Manager", "accountant", None),
    ("Account Representative", "account_manager", None),
    ("Market Manager", None, None),
    ("Maintenance Manager - Engineer", None, None),
    ("Senior Network Architect", "network_engineer", 3),
    ("Nurse Recruiter", "recruiter", None),
    ("Recreation Therapy Assistant", "recreation_therapist", None),
    ("Clinical Lab Assistant", "lab_assistant", None),
    ("Certified Nursing Assistant (CNA) - PCU", "orderly", None),
    ("Farm Services Assistant", None, 1),
    ("Administrative Assistant - City Hospital", "secretary", None),
    ("RN Birthplace Days Full-time Weekend Premium", "nurse", None),
    ("Registered Nurse - Oncology", "nurse", None),
    ("Nurse Practitioner", "advanced_practitioner", None),
    ("Specialist Obs/Gyn", "gynaecologist", None),
    ("Rad Tech Full Time Days", "radiographer", None),
    ("Assistant Store Manager", "shop_administrator", None),
    ("Salon Coordinator", "salon_administrator", None),
    ("Junior Software Development Engineer in Test", "qa_auto", 1),
    ("Police Officer, $50,000 Recruitment Incentive", "police_officer", None),
    ("Accountant II", "accountant", 2),
    ("Software Engineer IV - Azure", "software_engineer", 4),
    ("Help Desk Analyst I", "support_engineer", 1),
    ("Lead RN IV Therapy", "nurse", 4),
    ("Sr. Accountant", "accountant", 3),
    ("Senior Director of Marketing", "marketing_head", 5),
    ("Accountant Job in Dallas, TX 75201", "accountant", None),
    ("Торговый представитель (недвижимость)", "realtor", None),
    ("Эксперт в сегменте жилой недвижимости", "realtor", None),
    ("Инженер телематических служб", "telecom_engineer", None),
    ("Техник по слаботочным системам", "low_current_installer", None),
    ("Сервис-инженер", "service_engineer", None),
    ("Региональный сервис - инженер", "service_engineer", None),
    ("Администратор в стоматологию", "medical_administrator", None),
    ("Администратор/Регистратор", "medical_administrator", None),
    ("Администратор в хостел", "hotel_administrator", None),
    ("Помощник техника", None, 1),
    ("Директор по качеству", None, 5),
    ("Ипотечный брокер", "bank_specialist", None),
    ("Помощник менеджера по закупкам", "supply_manager", 1),
    ("Стажер в отдел маркетинга", "marketer", 0),
    ("Монтажник межкомнатных дверей", "window_installer", None),
    ("Рентгенолаборант", "radiographer", None),
    ("Оптик-консультант", "optician", None),
    ("Плотник. Строитель", "carpenter", None),
    ("Java Lead / ИТ-лид команды", "backend_developer", 4),
    ("Главный специалист (информационная безопасность)", "security_engineer", 4),
    ("Инженер-конструктор 2 категории", "design_engineer", 2),
    ("Врач-терапевт первой категории", "therapist", 3),
    ("Руководитель группы", None, 4),
    ("Senior/Middle Frontend-разработчик", "frontend_developer", 2),
    ("Разработчик Python (Middle+/Senior)", "backend_developer", 2),
    ("Главный/ведущий инженер технического надзора", "civil_engineer", 3),
    ("Кадастровый инженер, помощник кадастрового инженера", "surveyor", None),
    ("Помощник бухгалтера / бухгалтер", "accountant", 1),
    ("Бухгалтер/Главный бухгалтер", "accountant", None),
    ("Event-менеджер | Руководитель проектов", "event_manager", None),
    ("Мастер по наращиванию ресниц в VP Studio", "makeup_artist", None),
    ("Менеджер по продажам (входящие лиды)", "sales_manager", None),
    ("Токарь (ст. м. Шушары)", "turner", None),
    ("Срочно! Водитель категории Е / от 200к", "truck_driver", None),
    ("Водитель категории ВС", "truck_driver", None),
    ("Требуется кассир! Официальное оформление", "cashier", None),
)


@pytest.fixture(scope="module")
def skills() -> SkillCatalogue:
    return SkillCatalogue()


@pytest.fixture(scope="module")
def titles(skills: SkillCatalogue) -> Titles:
    return TitleCatalogue(SnowballStems(), skills)


@pytest.mark.parametrize(("title", "role", "level"), TITLES + OF_THE_WORLD)
def test_a_title_gives_its_role_and_level(titles: Titles, title: str, role: str | None, level: int | None) -> None:
    read = titles.read(title)

    assert (read.role, read.level) == (role, level)


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Бухгалтер", "бухгалтером"),
        ("Медицинская сестра", "медицинской сестры"),
        ("Водитель погрузчика", "ВОДИТЕЛИ ПОГРУЗЧИКОВ"),
        ("Менеджер по продажам", "менеджера по продажам"),
        ("Backend developer", "Back-End Developer"),
        ("Электромонтёр", "электромонтер"),
    ],
)
def test_case_inflection_and_spelling_do_not_change_the_role(titles: Titles, title: str, same: str) -> None:
    assert titles.read(title).role == titles.read(same).role is not None


def test_the_chief_accountant_heads_the_family_of_the_accountant(titles: Titles) -> None:
    chief, accountant = titles.read("Главный бухгалтер"), titles.read("Бухгалтер")

    assert chief.family == accountant.family == "accounting"
    assert chief.role != accountant.role
    assert (chief.level, accountant.level) == (5, None)


@pytest.mark.parametrize(
    ("title", "technologies"),
    [
        ("Golang developer", {"Go"}),
        ("Senior Go Developer", {"Go"}),
        ("Backend-разработчик (Python, Django)", {"Python", "Django"}),
        ("Программист C++", {"C++"}),
        ("Повар в столовую", set()),
    ],
)
def test_a_title_names_its_technologies(titles: Titles, title: str, technologies: set[str]) -> None:
    read = titles.read(title).technologies

    assert technologies <= read
    assert bool(read & {"Go", "Python", "C++", "Java"}) == bool(technologies)


def test_an_unknown_title_says_nothing(titles: Titles) -> None:
    assert titles.read("Космонавт") == Title(role=None, family=None, level=None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Тестировщик", "Manual QA Engineer", "Автоматизатор тестирования"),
        ("Data Scientist", "ML-инженер", "Аналитик данных"),
        ("Кладовщик", "Комплектовщик", "Начальник склада"),
        ("Офис-менеджер", "Executive assistant", "Завхоз"),
    ],
)
def test_of_two_roles_the_nearer_is_more_kin(titles: Titles, one: str, other: str, same: str) -> None:
    mine, near, farther = (titles.read(title).role or "" for title in (one, other, same))

    assert 1.0 > titles.kinship(mine, near) > titles.kinship(mine, farther) > titles.kinship(mine, "florist")
    assert titles.kinship(mine, near) == titles.kinship(near, mine)
    assert titles.kinship(mine, mine) == 1.0


@pytest.mark.parametrize(
    ("one", "other", "nearness"),
    [
        ("Бизнес-аналитик", "Системный аналитик", 0.7),
        ("Медсестра", "Фельдшер", 0.7),
        ("Строитель", "Бетонщик", 0.7),
        ("iOS-разработчик", "Android-разработчик", 0.45),
        ("Повар", "Кондитер", 0.45),
        ("Системный администратор", "DevOps-инженер", 0.45),
        ("Риелтор", "Торговый представитель", 0.45),
        ("Врач", "Кардиолог", 0.45),
        ("Unity-разработчик", "Программист 1С", 0.1),
        ("Врач", "Медсестра", 0.1),
        ("Электрик", "Швея", 0.1),
        ("Mechanical Engineer", "Mechanic", 0.0),
    ],
)
def test_kinship_is_how_far_a_person_would_go(titles: Titles, one: str, other: str, nearness: float) -> None:
    wished, offered = (titles.read(title).role or "" for title in (one, other))

    assert titles.kinship(wished, offered) == nearness


def test_roles_of_one_family_are_some_kin_and_strangers_none(titles: Titles) -> None:
    assert titles.kinship("surgeon", "dentist") > titles.kinship("surgeon", "welder") == 0.0


def test_every_role_of_the_kin_is_a_role_and_stands_in_one_list_with_another_once() -> None:
    data = _catalogue()
    roles = {role for family in data["families"].values() for role in family}
    pairs = [frozenset(pair) for groups in data["kin"].values() for group in groups for pair in combinations(group, 2)]

    assert {role for groups in data["kin"].values() for group in groups for role in group} <= roles
    assert {pair for pair in pairs if len(pair) == 1} == set()


@pytest.mark.parametrize(
    ("title", "others"),
    [
        ("Офис-менеджер / помощник бухгалтера", {"accountant"}),
        ("Data Analyst / Product Analyst", {"product_analyst"}),
        ("Су-шеф, повар горячего цеха", {"cook"}),
        ("Аналитик данных (Data Analyst)", set()),
        ("Водитель", set()),
        ("Космонавт / водитель погрузчика", set()),
        ("Системный аналитик\\Data Scientist", {"data_scientist"}),
        ("Mechanical Designer / Drafter", {"draftsman"}),
        ("Driver - $3,000 bonus / recruiter fee", set()),
        ("RN - Oncology", set()),
    ],
)
def test_a_title_may_name_further_roles(titles: Titles, title: str, others: set[str]) -> None:
    assert titles.read(title).others == others


def test_every_deciding_technology_is_in_the_skill_catalogue(skills: SkillCatalogue) -> None:
    decided = _catalogue()["technologies"]

    names = {name for roles in decided.values() for technologies in roles.values() for name in technologies}

    assert {name for name in names if skills.skill(name) is None} == set()


def test_every_role_is_read_from_its_first_name(titles: Titles) -> None:
    families = _catalogue()["families"]

    misread = {
        role: titles.read(names[0]).role
        for roles in families.values()
        for role, names in roles.items()
        if titles.read(names[0]).role != role
    }

    assert misread == {}


@pytest.mark.parametrize(
    ("title", "russian"),
    [("Accountant", "бухгалтер"), ("Truck driver", "водитель грузовика"), ("Главный врач", "главный врач")],
)
def test_a_role_has_a_russian_name(title: str, russian: str) -> None:
    catalogue = TitleCatalogue(SnowballStems(), SkillCatalogue())

    assert catalogue.russian(catalogue.read(title).role or "") == russian
    assert catalogue.russian("cpp_developer") is None
    assert catalogue.russian("no such role") is None


def test_a_role_belongs_to_one_family() -> None:
    roles = [role for family in _catalogue()["families"].values() for role in family]

    assert len(roles) == len(set(roles)) >= 220


def test_names_that_say_nothing_are_no_names_of_a_role(titles: Titles) -> None:
    silent = _catalogue()["no_role"]

    assert [name for name in silent if titles.read(name).role is not None] == []
    assert silent


def test_a_very_long_title_is_read_quickly(titles: Titles) -> None:
    started = perf_counter()

    read = titles.read("Водитель " * 100_000)

    assert read.role == "driver"
    assert perf_counter() - started < 1


def _catalogue() -> dict[str, dict[str, dict[str, list[str]]]]:
    text = files("adapters.lexicon").joinpath("data/titles.json").read_text(encoding="utf-8")
    catalogue: dict[str, dict[str, dict[str, list[str]]]] = json.loads(text)
    return catalogue


def test_a_role_is_named_as_people_name_it(skills: SkillCatalogue) -> None:
    titles = TitleCatalogue(SnowballStems(), skills)

    names = titles.names("accountant")

    assert names[0] == "бухгалтер"
    assert {titles.read(name).role for name in names} == {"accountant"}
    assert titles.names("nobody") == ()
