"""Cases about children, schools and families."""

from minutes.vocabulary import Outcome
from synthetic.topics.topic import Topic

TOPICS = (
    Topic(
        "17.01.10-A00",
        "Skolestruktur i {sted} og omegn",
        "Elevtallet på skolen i {sted} er faldet fra {stor} til under {n} pr. årgang. Forvaltningen har "
        "undersøgt tre modeller for den fremtidige skolestruktur, som hermed forelægges til beslutning.",
        (
            "Befolkningsprognosen fra {aar} viser, at der i skoledistriktet bliver {pct} pct. færre børn i "
            "skolealderen over de næste ti år. Samtidig er bygningerne fra 1960'erne slidte, og der forestår "
            "en udskiftning af tag og ventilation.",
            "Forvaltningen har beskrevet tre modeller:",
            "- Skolen bevares med samlæsning på mellemtrinnet|Overbygningen flyttes til byskolen, og skolen "
            "fortsætter til og med 6. klasse|Skolen lægges sammen med naboskolen under fælles ledelse",
            "Skolebestyrelsen og elevrådet er hørt. Der er indkommet {n} høringssvar, hvoraf de fleste peger på "
            "afstanden til skole og på skolens betydning for landsbyen.",
        ),
        ("overbygningen flyttes fra skoleåret {naeste}", "skolen fortsætter til og med 6. klasse"),
        "Modellen forventes at frigøre {kr} om året, når den er fuldt indfaset. Omkostninger til flytning "
        "og tilpasning af lokaler udgør {kr2} i det første år.",
        ("Modeller for skolestruktur", "Samlede høringssvar", "Befolkningsprognose {aar}"),
        council_decides=True,
        vote_probability=0.75,
        has_budget_table=True,
    ),
    Topic(
        "28.06.00-P20",
        "Udvidelse af daginstitutionen i {sted}",
        "Der er venteliste til vuggestuepladser i {sted}. Sagen handler om at udvide daginstitutionen med "
        "{n} pladser i en ny bygning mod {vej}.",
        (
            "I løbet af {aar} er der født flere børn i området end forventet, og der bygges fortsat boliger ved "
            "{vej}. Uden en udvidelse vil {m} familier fra august skulle tilbydes plads uden for distriktet.",
            "Den foreslåede bygning har to grupperum, et fællesrum og adgang til legepladsen. {firma} har "
            "vurderet, at arbejdet kan være afsluttet inden for elleve måneder efter udbud.",
            "Forældrebestyrelsen har udtalt sig positivt om forslaget, men ønsker en afklaring af "
            "trafikforholdene ved aflevering.",
        ),
        ("udvidelsen sættes i udbud", "der gives anlægsbevilling på {kr}"),
        "Udgiften til byggeriet er anslået til {kr}. Afledt drift udgør {kr2} årligt fra {naeste} og "
        "indarbejdes i budgettet.",
        ("Skitseprojekt", "Kapacitetsanalyse af dagtilbud"),
        council_decides=True,
        vote_probability=0.1,
        has_budget_table=True,
    ),
    Topic(
        "17.00.00-K09",
        "Kvalitetsrapport for folkeskolen {aar}",
        "Kvalitetsrapporten viser udviklingen i elevernes faglige resultater, trivsel og fravær. Rapporten "
        "forelægges til drøftelse.",
        (
            "Karaktergennemsnittet ved afgangsprøverne er steget en smule, og andelen af elever, der er i gang "
            "med en ungdomsuddannelse, er {pct} pct. Elevfraværet er fortsat for højt på {m} skoler.",
            "Trivselsmålingen viser, at de fleste elever er glade for deres klasse. Andelen, der oplever ro og "
            "orden i timerne, er faldet med {pct2} procentpoint.",
            "Skolelederne har i foråret drøftet rapporten og peger på tre indsatser:",
            "- Tidlig opfølgning på fravær|Fælles kursus om klasseledelse|Flere holdtimer i matematik",
        ),
        ("rapporten drøftes", "rapporten sendes i høring hos skolebestyrelserne"),
        "",
        ("Kvalitetsrapport {aar}", "Bilag med skolernes resultater"),
        final_outcome=Outcome.DISCUSSED,
        vote_probability=0.03,
    ),
    Topic(
        "28.03.00-G01",
        "Ferielukning i dagtilbud {naeste}",
        "Forvaltningen foreslår, hvilke dage dagtilbuddene holder lukket med mulighed for pasning i en "
        "fælles institution.",
        (
            "Erfaringen fra {aar} er, at {pct} pct. af børnene var hjemme på lukkedagene, og at {n} børn "
            "benyttede den fælles pasning.",
            "Forslaget indebærer samme antal lukkedage som sidste år. Dagene ligger mellem jul og nytår, de tre "
            "hverdage før påske og dagen efter Kristi himmelfartsdag.",
        ),
        ("lukkedagene fastsættes som beskrevet", "der tilbydes pasning i {sted}"),
        "Forslaget er udgiftsneutralt.",
        ("Oversigt over lukkedage",),
        vote_probability=0.15,
    ),
    Topic(
        "17.15.00-P05",
        "Sikker skolevej ved {vej}",
        "Børn, der cykler til skole, krydser i dag {vej} uden fodgængerfelt. Forvaltningen forelægger et "
        "forslag til en sikker krydsning.",
        (
            "En tælling i september {aar} viser, at {stor} køretøjer passerer stedet på et hverdagsdøgn, og at "
            "{pct} pct. af dem kører hurtigere end tilladt. Der er registreret {m} uheld på fem år.",
            "Politiet har tilkendegivet, at en hævet flade med helle kan godkendes. Skolen og forældrerådet har "
            "været med til at udpege placeringen.",
            "Arbejdet kan udføres i sommerferien, så det generer skoletrafikken mindst muligt.",
        ),
        ("projektet gennemføres", "udgiften afholdes af trafiksikkerhedspuljen"),
        "Udgiften er {kr3}, som kan afholdes inden for trafiksikkerhedspuljen for {aar}.",
        ("Tegning af krydsningen", "Trafiktælling"),
        vote_probability=0.06,
    ),
    Topic(
        "16.00.00-A00",
        "Status på indsatsen for børn i udsatte familier",
        "Sagen giver en status på den forebyggende indsats, som blev sat i gang i {aar}, og på udviklingen i "
        "antallet af underretninger.",
        (
            "Der er i årets første tre kvartaler modtaget {stor} underretninger, hvilket er {pct} pct. flere end "
            "året før. Stigningen ses især for børn under seks år.",
            "Familiehuset har haft {n} familier i forløb. Af dem har {m} afsluttet forløbet, og de fleste af "
            "forældrene oplever, at hverdagen fungerer bedre.",
            "Det tværfaglige samarbejde med sundhedsplejen og dagtilbuddene er blevet styrket med faste "
            "møder hver måned.",
        ),
        ("orienteringen tages til efterretning",),
        "",
        ("Statusnotat",),
        final_outcome=Outcome.NOTED,
        vote_probability=0.04,
    ),
)

# Paragraphs for any case of the area.
BACKGROUND = (
    "{kommune} har som mål, at alle børn skal have mulighed for at deltage i fællesskaber. Målet er beskrevet i "
    "børne- og ungepolitikken, som blev vedtaget i {aar}, og som følges op én gang om året.",
    "Pædagoger, lærere og sundhedsplejersker har bidraget til arbejdet på tre møder i løbet af efteråret. Deres "
    "bemærkninger er samlet i et notat, som kan ses hos forvaltningen.",
    "Antallet af børn i alderen fra nul til seks år forventes at stige med {pct2} pct. frem mod {naeste}. "
    "Stigningen er størst i {by} og mindst i landdistrikterne omkring {sted}.",
    "Forældrebestyrelserne har haft sagen til udtalelse i fire uger. Flere bestyrelser peger på, at ændringer "
    "bør varsles i god tid, så familierne kan planlægge.",
)
