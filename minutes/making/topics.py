"""What the invented councils talk about: for each field of a committee, matters with their texts.

Slots in braces are filled for each matter: {kommune}, {by} and {sted} (places), {vej}, {firma}, {aar} and
{naeste} (years), {n}, {m} (small numbers), {stor} (a large one), {pct}, {pct2}, {kr}, {kr2}, {kr3}
(amounts), {udvalg} (the committee in running text).
"""

from dataclasses import dataclass
from enum import Enum

from minutes.vocabulary import Outcome


class Field(Enum):
    """What a committee deals with."""

    COUNCIL = "council"
    FINANCE = "finance"
    CHILDREN = "children"
    HEALTH = "health"
    TECHNICAL = "technical"
    CULTURE = "culture"
    EMPLOYMENT = "employment"


@dataclass(frozen=True)
class Topic:
    """A kind of matter. `ends` is what its last body does; `rises` whether the council decides it.

    `heat` is how often it is voted on, from 0 to 1. A line of `story` that begins with "- " is a bullet
    list, its points apart by "|".
    """

    kle: str  # the subject's number and kind of action, as case numbers begin
    title: str
    resume: str
    story: tuple[str, ...]
    points: tuple[str, ...]
    economy: str = ""
    attachments: tuple[str, ...] = ()
    ends: Outcome = Outcome.APPROVED
    rises: bool = False
    heat: float = 0.05
    table: bool = False  # a table of amounts by year


TOPICS: dict[Field, tuple[Topic, ...]] = {
    Field.CHILDREN: (
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
            rises=True,
            heat=0.75,
            table=True,
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
            rises=True,
            heat=0.1,
            table=True,
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
            ends=Outcome.DISCUSSED,
            heat=0.03,
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
            heat=0.15,
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
            heat=0.06,
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
            ends=Outcome.NOTED,
            heat=0.04,
        ),
    ),
    Field.HEALTH: (
        Topic(
            "27.36.00-P22",
            "Kvalitetsstandarder for hjemmehjælp {naeste}",
            "Kvalitetsstandarderne beskriver, hvilken hjælp borgerne kan få til personlig pleje og praktisk "
            "bistand. De revideres hvert år og forelægges til godkendelse.",
            (
                "Der er foretaget sproglige rettelser, og beskrivelsen af rengøring er ændret, så hjælpen tager "
                "udgangspunkt i et samlet skøn over borgerens behov.",
                "Ældrerådet og Handicaprådet har afgivet høringssvar. Begge råd udtrykker bekymring for, om hjælp "
                "til rengøring hver tredje uge er tilstrækkelig.",
                "Forvaltningen vurderer, at ændringerne berører omkring {stor} borgere, hvoraf {pct} pct. i dag "
                "modtager rengøring hver anden uge.",
            ),
            ("kvalitetsstandarderne godkendes", "ændringerne træder i kraft 1. februar {naeste}"),
            "Ændringerne forventes at mindske udgifterne med {kr} årligt.",
            ("Kvalitetsstandarder {naeste}", "Høringssvar fra Ældrerådet", "Høringssvar fra Handicaprådet"),
            rises=True,
            heat=0.5,
            table=True,
        ),
        Topic(
            "27.42.00-P20",
            "Nyt plejecenter i {sted}",
            "Behovet for plejeboliger stiger med {pct} pct. frem mod {naeste}. Forvaltningen foreslår, at der "
            "planlægges et plejecenter med {n} boliger ved {vej}.",
            (
                "Analysen af boligbehovet viser, at der om fem år mangler {n} plejeboliger. Placeringen ved {vej} "
                "er valgt, fordi grunden er kommunens, og fordi der er bus, indkøb og grønne områder tæt på.",
                "Boligerne foreslås opført i samarbejde med {firma}. Der lægges vægt på små bomiljøer, adgang til "
                "have og plads til, at ægtefæller kan bo sammen.",
                "Naboerne har været inviteret til møde. De spurgte især til bygningens højde og til trafikken i "
                "byggeperioden.",
            ),
            (
                "skema A for {n} boliger godkendes",
                "der ydes grundkapitallån",
                "forvaltningen igangsætter lokalplan",
            ),
            "Anskaffelsessummen er {kr}. Kommunens grundkapital udgør {kr2}, og servicearealerne {kr3}.",
            ("Analyse af boligbehov", "Skema A", "Referat af nabomøde"),
            rises=True,
            heat=0.2,
            table=True,
        ),
        Topic(
            "29.00.00-A00",
            "Sundhedsprofil {aar}",
            "Sundhedsprofilen beskriver borgernes sundhed, sygelighed og trivsel. Resultaterne forelægges til "
            "drøftelse som grundlag for den kommende sundhedspolitik.",
            (
                "Andelen af daglige rygere er faldet til {pct} pct., mens flere end før svarer, at de føler sig "
                "stressede. Blandt unge kvinder er andelen med dårligt mentalt helbred steget.",
                "Der er store forskelle mellem lokalområderne. I {sted} er andelen med langvarig sygdom "
                "{pct2} procentpoint højere end i resten af kommunen.",
                "Udvalget bedes drøfte, hvilke målgrupper sundhedspolitikken skal rettes mod.",
            ),
            ("sundhedsprofilen drøftes", "drøftelsen indgår i forslaget til sundhedspolitik"),
            "",
            ("Sundhedsprofil {aar}",),
            ends=Outcome.DISCUSSED,
            heat=0.02,
        ),
        Topic(
            "27.12.00-G01",
            "Tilsyn med botilbuddet i {sted}",
            "Socialtilsynet har gennemført et uanmeldt tilsyn med botilbuddet. Tilsynsrapporten forelægges til "
            "orientering.",
            (
                "Tilsynet vurderer, at den pædagogiske indsats har god kvalitet, og at beboerne trives. Der er givet "
                "et påbud om journalføring af medicin, som er bragt i orden.",
                "Personalets faglige niveau vurderes til {m} ud af 5. Sygefraværet har i en periode været på "
                "{pct} pct., og der er sat ind med en handleplan.",
            ),
            ("rapporten tages til efterretning",),
            "",
            ("Tilsynsrapport {aar}", "Handleplan"),
            ends=Outcome.NOTED,
            heat=0.02,
        ),
        Topic(
            "27.69.00-Ø40",
            "Fordeling af midler til frivilligt socialt arbejde {aar}",
            "Der er modtaget {n} ansøgninger om støtte til frivilligt socialt arbejde. Forvaltningen forelægger "
            "et forslag til fordeling.",
            (
                "Ansøgningerne er vurderet efter de kriterier, der blev vedtaget sidste år. Der er lagt vægt på "
                "fællesskab for ensomme, på inddragelse af unge og på samarbejde mellem foreninger.",
                "Der er i alt søgt om {kr2}, mens puljen er på {kr3}. {m} ansøgninger foreslås afslået, fordi de "
                "ligger uden for formålet.",
            ),
            ("midlerne fordeles som foreslået",),
            "Puljen udgør {kr3} og finansieres af bloktilskuddet.",
            ("Forslag til fordeling", "Oversigt over ansøgninger"),
            heat=0.08,
        ),
        Topic(
            "27.45.00-P27",
            "Værdighedspolitik og klippekort på plejecentrene",
            "Beboere på plejecentrene har siden {aar} kunnet vælge en ekstra halv times hjælp om ugen. Ordningen "
            "er evalueret og foreslås videreført.",
            (
                "Evalueringen bygger på samtaler med {n} beboere og pårørende. De fleste bruger tiden på en gåtur, "
                "på indkøb eller på at komme til et arrangement.",
                "Medarbejderne peger på, at ordningen giver arbejdsglæde, men at vagtplanlægningen er vanskelig "
                "i ferieperioder.",
            ),
            ("ordningen videreføres til udgangen af {naeste}",),
            "Ordningen koster {kr3} om året, som er afsat i budgettet.",
            ("Evaluering af klippekort",),
            heat=0.1,
        ),
    ),
    Field.TECHNICAL: (
        Topic(
            "05.01.00-P20",
            "Cykelsti langs {vej} mellem {sted} og {by}",
            "Strækningen er udpeget i cykelstiplanen fra {aar}. Forvaltningen forelægger et projektforslag til "
            "en dobbeltrettet cykelsti på {n} hundrede meter.",
            (
                "{vej} har en årsdøgntrafik på {stor} køretøjer, hvoraf {pct} pct. er lastbiler. Strækningen er "
                "skolevej for børn fra {sted}, og mange forældre vælger i dag at køre børnene.",
                "Projektet forudsætter, at der erhverves jord fra {m} lodsejere. Der er ført samtaler med dem alle, "
                "og de fleste er indstillet på en frivillig aftale.",
                "Anlægget kræver dispensation fra naturbeskyttelsesloven, hvor stien passerer et vandløb.",
            ),
            (
                "projektet godkendes",
                "der gives anlægsbevilling på {kr}",
                "forvaltningen bemyndiges til at ekspropriere, hvis frivillige aftaler ikke opnås",
            ),
            "Udgiften er {kr}, hvoraf staten yder tilskud på {kr2}.",
            ("Projektforslag", "Oversigtskort", "Lodsejerliste"),
            rises=True,
            heat=0.2,
            table=True,
        ),
        Topic(
            "01.02.05-P16",
            "Forslag til lokalplan for boliger ved {vej}",
            "{firma} ønsker at opføre {n} boliger som tæt-lav bebyggelse. Forslaget til lokalplan forelægges med "
            "henblik på offentlig høring.",
            (
                "Området er på {m} hektar og ligger i byzone. Lokalplanen fastlægger veje, stier, fælles friarealer "
                "og bebyggelsens højde på højst 8,5 meter.",
                "Regnvand håndteres på grunden i åbne grøfter og et bassin. Der stilles krav om, at en tredjedel af "
                "arealet udlægges til fælles ophold.",
                "Forslaget er screenet for miljøpåvirkning, og det vurderes ikke at være omfattet af krav om "
                "miljørapport.",
            ),
            ("forslaget sendes i høring i otte uger", "der holdes borgermøde i høringsperioden"),
            "",
            ("Forslag til lokalplan", "Screening for miljøpåvirkning", "Skyggediagrammer"),
            rises=True,
            heat=0.3,
        ),
        Topic(
            "13.03.01-P00",
            "Solcelleanlæg ved {sted}",
            "{firma} har søgt om at opstille solceller på {n} hektar landbrugsjord. Udvalget skal tage stilling "
            "til, om planlægningen skal begynde.",
            (
                "Anlægget forventes at producere strøm svarende til forbruget i {stor} husstande. Projektet ligger "
                "{m} hundrede meter fra de nærmeste boliger og skærmes af levende hegn.",
                "Der er modtaget {n} henvendelser fra naboer, som er bekymrede for udsigten og for værdien af deres "
                "huse. Andre peger på den grønne omstilling og på lokale indtægter.",
                "Hvis planlægningen sættes i gang, holdes der møde for naboerne, før et forslag udarbejdes.",
            ),
            ("planlægningen igangsættes", "ansøger betaler for konsulentbistand"),
            "",
            ("Ansøgning", "Kort over området", "Henvendelser fra naboer"),
            rises=True,
            heat=0.65,
        ),
        Topic(
            "07.18.00-Ø54",
            "Takster for affald {naeste}",
            "Taksterne for indsamling og behandling af affald fastsættes hvert år, så ordningen hviler i sig "
            "selv.",
            (
                "Taksten for en husstand stiger med {pct2} pct. på grund af højere priser på forbrænding og "
                "indsamling af madaffald.",
                "Genbrugspladsen i {sted} har haft {stor} besøgende i årets løb. Mængden af haveaffald er faldet, "
                "mens mængden af plast er steget.",
            ),
            ("taksterne godkendes",),
            "Taksterne er beregnet, så indtægterne dækker udgifterne på {kr}.",
            ("Takstblad {naeste}",),
            rises=True,
            heat=0.12,
            table=True,
        ),
        Topic(
            "06.02.11-P19",
            "Genslyngning af åen ved {sted}",
            "Projektet skal give vandet bedre plads og skabe levesteder for ørred. Forvaltningen ønsker at sende "
            "projektet i høring.",
            (
                "Åen blev rettet ud i 1930'erne. Projektet lægger {n} hundrede meter tilbage i slyngninger og "
                "hæver bunden, så engene kan oversvømmes om vinteren.",
                "{m} lodsejere er berørt. De tilbydes kompensation efter de statslige regler, og forvaltningen har "
                "gennemgået projektet med hver enkelt.",
                "Arkæologerne har bedt om at følge gravearbejdet, fordi der er fund fra jernalderen i ådalen.",
            ),
            ("projektet sendes i offentlig høring i fire uger",),
            "Projektet finansieres af staten og Den Europæiske Union med {kr2}.",
            ("Forundersøgelse", "Kort"),
            heat=0.08,
        ),
        Topic(
            "05.13.00-G01",
            "Hastighedsgrænse på {vej}",
            "Beboere har bedt om lavere hastighed på {vej}. Forvaltningen har undersøgt forholdene og forelægger "
            "resultatet.",
            (
                "Målinger over en uge viser en gennemsnitshastighed på {n} kilometer i timen. {pct} pct. af "
                "bilisterne kører hurtigere end tilladt.",
                "Politiet kan godkende en grænse på 40 kilometer i timen, hvis der etableres bump eller "
                "indsnævringer.",
            ),
            ("der etableres {m} bump", "hastighedsgrænsen nedsættes til 40 kilometer i timen"),
            "Udgiften på {kr3} afholdes af driftsbudgettet.",
            ("Hastighedsmåling", "Brev fra beboere"),
            heat=0.25,
        ),
        Topic(
            "01.02.00-A00",
            "Klimatilpasning i {by}s midtby",
            "Skybruddet i {aar} satte kældre under vand i {vej} og de omliggende gader. Her gives en status på "
            "de løsninger, der arbejdes med.",
            (
                "Der er beregnet, hvor vandet løber hen ved en regn, som falder én gang på 50 år. De største "
                "skader opstår ved {vej} og omkring stationen.",
                "Tre løsninger undersøges nærmere:",
                "- En skybrudsvej til søen|Regnbede i sidegaderne|Et bassin under parkeringspladsen",
                "Forsyningen bidrager med viden og forventes at betale for den del, der vedrører kloakken.",
            ),
            ("orienteringen tages til efterretning",),
            "",
            ("Notat om skybrud",),
            ends=Outcome.NOTED,
            heat=0.03,
        ),
    ),
    Field.CULTURE: (
        Topic(
            "04.04.00-Ø34",
            "Renovering af svømmehallen i {sted}",
            "Svømmehallens tekniske anlæg er udtjente. Forvaltningen forelægger to forslag: renovering eller "
            "nybyggeri.",
            (
                "Svømmehallen har {stor} besøgende om året og bruges af skoler, klubber og genoptræning. I {aar} "
                "måtte den holde lukket i {m} uger på grund af nedbrud.",
                "En renovering forlænger hallens levetid med omkring 15 år. Et nybyggeri ved {vej} kan bruge "
                "overskudsvarme og vil have lavere drift.",
                "Brugerrådet anbefaler nybyggeri, men lægger vægt på, at der er svømmehal i hele byggeperioden.",
            ),
            ("der arbejdes videre med en renovering", "der afsættes {kr} i budget {naeste}"),
            "En renovering koster {kr}, et nybyggeri omkring det dobbelte. Energibesparelsen er {kr3} årligt.",
            ("Teknisk tilstandsrapport", "Brugerrådets anbefaling"),
            rises=True,
            heat=0.35,
            table=True,
        ),
        Topic(
            "18.14.00-G01",
            "Lokaletilskud til foreninger {aar}",
            "Foreninger med egne eller lejede lokaler kan få tilskud til driften. Her forelægges ansøgningerne "
            "for {aar}.",
            (
                "Der er modtaget {n} ansøgninger. {m} foreninger har søgt for første gang, heriblandt en forening "
                "for discgolf i {sted}.",
                "Tilskuddet følger folkeoplysningsloven og udgør mindst to tredjedele af driftsudgiften for "
                "medlemmer under 25 år.",
            ),
            ("tilskuddene fordeles som foreslået",),
            "Der er afsat {kr2}, og der er søgt om {kr3} mere, end der er afsat.",
            ("Oversigt over ansøgninger",),
            heat=0.05,
        ),
        Topic(
            "21.10.00-A00",
            "Åbningstider på biblioteket i {sted}",
            "Biblioteket foreslår at ændre den betjente åbningstid og at indføre selvbetjening om aftenen.",
            (
                "Besøgstal fra {aar} viser, at {pct} pct. af besøgene ligger uden for den betjente tid. De fleste "
                "bruger biblioteket efter arbejde.",
                "Forslaget samler den betjente tid på {m} dage. Til gengæld kan lokalforeninger låne salen til "
                "arrangementer uden beregning.",
            ),
            ("ændringen godkendes fra 1. april {naeste}",),
            "Ændringen er neutral i forhold til budgettet.",
            ("Forslag til åbningstider",),
            heat=0.15,
        ),
        Topic(
            "20.00.00-P22",
            "Kulturpolitik {aar}-{naeste}",
            "Kulturpolitikken har været i høring hos foreninger, skoler og kulturinstitutioner. Den endelige "
            "politik forelægges til godkendelse.",
            (
                "Der er kommet {n} høringssvar. Flere efterlyser øvelokaler til unge, og museet ønsker, at "
                "kulturarven får sit eget afsnit.",
                "Politikken har fire temaer:",
                "- Kultur hvor du bor|Børn og unge først|Plads til det skæve|Fortællinger om egnen",
                "Forvaltningen udarbejder en handleplan, som forelægges hvert år i marts.",
            ),
            ("politikken godkendes",),
            "",
            ("Kulturpolitik", "Høringssvar og bemærkninger"),
            rises=True,
            heat=0.1,
        ),
        Topic(
            "04.00.00-K08",
            "Evaluering af {by} Festuge",
            "Festugen blev holdt for {m}. gang i august {aar}. Evalueringen forelægges til orientering.",
            (
                "Der var omkring {stor} gæster fordelt på {n} arrangementer. Handelslivet melder om stigende "
                "omsætning, mens naboer til {vej} har klaget over støj efter midnat.",
                "Arrangørerne foreslår, at koncerterne næste år slutter klokken 23, og at der sættes flere "
                "affaldsstationer op.",
            ),
            ("evalueringen tages til efterretning",),
            "",
            ("Evaluering af festugen",),
            ends=Outcome.NOTED,
            heat=0.02,
        ),
    ),
    Field.EMPLOYMENT: (
        Topic(
            "15.00.00-P22",
            "Beskæftigelsesplan {naeste}",
            "Beskæftigelsesplanen beskriver mål og indsatser for det kommende år. Den er drøftet med det lokale "
            "arbejdsmarkedsråd og forelægges til godkendelse.",
            (
                "Ledigheden er {pct2} pct., og virksomhederne mangler især medarbejdere inden for social og sundhed, "
                "bygge og anlæg samt transport.",
                "Planen har fire mål:",
                "- Flere unge skal have en uddannelse|Flere borgere skal have småjob ved siden af ydelsen|"
                "Virksomhederne skal have hurtig service|Langtidsledigheden skal ned",
                "Målene følges med en status hvert kvartal.",
            ),
            ("planen godkendes", "målene følges hvert kvartal"),
            "Indsatsen finansieres inden for rammen på {kr}.",
            ("Beskæftigelsesplan {naeste}", "Høringssvar"),
            rises=True,
            heat=0.2,
            table=True,
        ),
        Topic(
            "15.20.00-A00",
            "Ledighed og indsats i {aar}",
            "Sagen giver et overblik over udviklingen i antallet af ledige og over indsatsen på jobcentret.",
            (
                "Der er {stor} fuldtidspersoner på offentlig forsørgelse, hvilket er {pct2} pct. færre end for et år "
                "siden. Antallet af sygedagpengemodtagere er steget.",
                "{n} borgere har været i virksomhedspraktik, og {m} af dem er kommet i ordinært arbejde inden for "
                "tre måneder.",
            ),
            ("orienteringen tages til efterretning",),
            "",
            ("Nøgletal",),
            ends=Outcome.NOTED,
            heat=0.1,
            table=True,
        ),
        Topic(
            "15.17.00-G01",
            "Fritidsjob til unge i {sted}",
            "Projektet hjælper unge mellem 13 og 17 år med at finde et fritidsjob. Udvalget skal tage stilling "
            "til, om det skal fortsætte.",
            (
                "Siden starten i {aar} har {n} unge fået et fritidsjob. {pct} pct. af dem har beholdt det i mere end "
                "et halvt år.",
                "{firma} og andre lokale virksomheder deltager. De fremhæver, at de unge er forberedte, og at der "
                "er en fast kontaktperson at ringe til.",
            ),
            ("projektet videreføres i to år",),
            "Udgiften er {kr3} om året og kan afholdes inden for rammen.",
            ("Evaluering",),
            heat=0.15,
        ),
        Topic(
            "15.35.00-P20",
            "Samarbejde med {firma} om løntilskud",
            "Jobcentret ønsker at indgå en aftale om oplæring af ledige med henblik på fast arbejde.",
            (
                "Aftalen omfatter {n} pladser om året. Virksomheden forpligter sig til at ansætte mindst {m} af "
                "deltagerne efter forløbet.",
                "Tillidsrepræsentanterne har været hørt og lægger vægt på, at ordinært ansatte ikke erstattes.",
            ),
            ("aftalen godkendes",),
            "Udgiften til mentor er {kr3}.",
            ("Udkast til aftale",),
            heat=0.3,
        ),
        Topic(
            "24.10.00-P22",
            "Erhvervspolitik og iværksætterhus",
            "Erhvervsrådet foreslår, at den tomme bygning på {vej} indrettes til iværksættere.",
            (
                "Der er stiftet {n} nye virksomheder i {aar}. Mange begynder hjemmefra og efterspørger et sted at "
                "mødes, holde kurser og leje en plads for en måned ad gangen.",
                "Bygningen kan rumme {m} kontorer og et fælles værksted. {firma} har udarbejdet et overslag over "
                "indretningen.",
            ),
            ("bygningen indrettes som foreslået", "der gives tilskud til driften i tre år"),
            "Indretningen koster {kr2}, og det årlige tilskud er {kr3}.",
            ("Forslag fra Erhvervsrådet", "Overslag"),
            rises=True,
            heat=0.3,
        ),
    ),
    Field.FINANCE: (
        Topic(
            "00.30.14-S55",
            "Budgetopfølgning {aar}",
            "Budgetopfølgningen viser et forventet merforbrug på {kr2} i forhold til det oprindelige budget.",
            (
                "Merforbruget skyldes især udgifter til specialiserede tilbud på børneområdet. På ældreområdet "
                "forventes balance, mens anlægsprojekter for {kr} forventes udskudt til {naeste}.",
                "Likviditeten opgjort efter kassekreditreglen er {kr}. Den ligger over byrådets mål.",
                "De enkelte udvalg har behandlet deres del af opfølgningen og foreslår følgende tiltag:",
                "- Tilbageholdenhed ved ansættelser|Gennemgang af dyre enkeltsager|Udskydelse af mindre indkøb",
            ),
            ("budgetopfølgningen godkendes", "der gives tillægsbevillinger som vist i bilaget"),
            "Se sagsfremstillingen og bilaget med bevillinger.",
            ("Budgetopfølgning", "Oversigt over tillægsbevillinger"),
            rises=True,
            heat=0.25,
            table=True,
        ),
        Topic(
            "82.01.00-G10",
            "Salg af grund ved {vej}",
            "{firma} har budt på grunden ved {vej}, som har været udbudt siden {aar}. Forvaltningen forelægger "
            "buddet.",
            (
                "Grunden er på {stor} kvadratmeter og er omfattet af en lokalplan for erhverv. Buddet er det højeste "
                "af {m} bud og svarer til mæglerens vurdering.",
                "Køber forpligter sig til at begynde byggeriet inden to år. Sker det ikke, kan kommunen købe "
                "grunden tilbage til samme pris.",
            ),
            ("grunden sælges på de beskrevne vilkår",),
            "Salget giver en indtægt på {kr2}, som tilføres jordpuljen.",
            ("Købstilbud", "Kort"),
            rises=True,
            heat=0.15,
        ),
        Topic(
            "81.39.00-A00",
            "Sygefravær blandt medarbejderne i {aar}",
            "Sygefraværet er i gennemsnit {pct2} pct. Her forelægges udviklingen fordelt på områder.",
            (
                "Fraværet er lavest i administrationen og højest på ældreområdet. Siden sidste år er det faldet "
                "mest i dagtilbuddene, hvor der har været en særlig indsats.",
                "Hovedudvalget foreslår, at erfaringerne fra dagtilbuddene bruges på plejecentrene.",
            ),
            ("orienteringen tages til efterretning",),
            "",
            ("Statistik over sygefravær",),
            ends=Outcome.NOTED,
            heat=0.02,
            table=True,
        ),
        Topic(
            "00.32.00-Ø00",
            "Låneoptagelse {aar}",
            "Kommunen har mulighed for at optage lån til energibesparelser, ældreboliger og jordkøb.",
            (
                "Forvaltningen har indhentet tilbud fra {m} långivere. Et lån med fast rente over 25 år vurderes "
                "samlet set at være det bedste.",
                "Rammen kan fordeles over to år. Den forventede ydelse er indarbejdet i budgettet.",
            ),
            ("der optages lån på {kr}",),
            "Ydelsen udgør {kr3} det første år.",
            ("Opgørelse af lånerammen",),
            rises=True,
            heat=0.12,
        ),
        Topic(
            "00.01.00-P35",
            "Fælles indkøb af el og varme",
            "Aftalen om køb af el udløber. Forvaltningen foreslår, at kommunen går med i et fælles udbud.",
            (
                "Udbuddet omfatter {m} kommuner og forventes at give en lavere pris. Der stilles krav om, at "
                "strømmen kommer fra vedvarende energi.",
                "Kommunens eget forbrug er faldet med {pct2} pct. siden {aar}, efter at skolerne fik ny belysning.",
            ),
            ("kommunen deltager i udbuddet", "borgmesteren bemyndiges til at underskrive aftalen"),
            "Der forventes en besparelse på {kr3} om året.",
            ("Udbudsbetingelser",),
            heat=0.08,
        ),
    ),
    Field.COUNCIL: (
        Topic(
            "00.22.02-P35",
            "Revision af styrelsesvedtægten",
            "Udvalgenes opgaver foreslås ændret, så klima og natur samles ét sted. Sagen er til første behandling.",
            (
                "Ændringen berører {m} udvalg. Antallet af medlemmer og honorarerne er uændrede.",
                "Styrelsesvedtægten skal behandles to gange i byrådet med mindst seks dages mellemrum.",
            ),
            ("ændringen godkendes og oversendes til anden behandling",),
            "",
            ("Styrelsesvedtægt med ændringer",),
            heat=0.4,
        ),
        Topic(
            "00.30.10-S00",
            "Budget {naeste}, første behandling",
            "Forslaget til budget for {naeste} og de tre følgende år forelægges til første behandling.",
            (
                "Budgetforslaget bygger på uændret skat. Der er et underskud på den ordinære drift på {kr2}, som "
                "partierne skal forhandle om frem mod anden behandling.",
                "Frist for ændringsforslag er den 1. oktober. Høringssvar fra råd, bestyrelser og medarbejdere "
                "sendes til alle medlemmer.",
            ),
            ("budgetforslaget oversendes til anden behandling",),
            "De samlede driftsudgifter er {kr}.",
            ("Budgetforslag {naeste}", "Tidsplan"),
            heat=0.5,
            table=True,
        ),
        Topic(
            "00.01.10-K02",
            "Forslag om borgerbudget i {sted}",
            "Der er stillet forslag om, at borgerne i {sted} kan bestemme over en pulje til mindre anlæg.",
            (
                "Forslagsstilleren peger på gode erfaringer fra andre byer, hvor flere har deltaget end ved "
                "almindelige borgermøder.",
                "Forvaltningen bemærker, at ordningen kræver en medarbejder på halv tid i {m} måneder.",
            ),
            ("forslaget drøftes",),
            "Forslaget indebærer en pulje på {kr3}.",
            ("Forslag til byrådet",),
            heat=0.7,
        ),
        Topic(
            "00.01.00-A21",
            "Valg af medlem til Hegnssynet",
            "Et medlem af Hegnssynet er flyttet fra kommunen. Byrådet skal vælge et nyt for resten af perioden.",
            ("Medlemmet skal bo i kommunen og have kendskab til markskel og hegn.",),
            ("der vælges et nyt medlem",),
            "",
            (),
            heat=0.03,
        ),
        Topic(
            "00.07.02-P35",
            "Redegørelse for borgerrådgiverens virksomhed i {aar}",
            "Borgerrådgiveren har modtaget {stor} henvendelser. Årsberetningen forelægges byrådet.",
            (
                "De fleste henvendelser handler om ventetid og om afgørelser, der er svære at forstå. {pct} pct. "
                "blev løst ved en samtale med forvaltningen.",
                "Borgerrådgiveren anbefaler, at breve om afslag bliver kortere, og at der altid står et navn og et "
                "telefonnummer på.",
            ),
            ("beretningen tages til efterretning",),
            "",
            ("Årsberetning {aar}",),
            ends=Outcome.NOTED,
            heat=0.03,
        ),
    ),
}

# Paragraphs that can stand in any matter of a field, for length and variety.
BACKGROUND: dict[Field, tuple[str, ...]] = {
    Field.CHILDREN: (
        "{kommune} har som mål, at alle børn skal have mulighed for at deltage i fællesskaber. Målet er beskrevet i "
        "børne- og ungepolitikken, som blev vedtaget i {aar}, og som følges op én gang om året.",
        "Pædagoger, lærere og sundhedsplejersker har bidraget til arbejdet på tre møder i løbet af efteråret. Deres "
        "bemærkninger er samlet i et notat, som kan ses hos forvaltningen.",
        "Antallet af børn i alderen fra nul til seks år forventes at stige med {pct2} pct. frem mod {naeste}. "
        "Stigningen er størst i {by} og mindst i landdistrikterne omkring {sted}.",
        "Forældrebestyrelserne har haft sagen til udtalelse i fire uger. Flere bestyrelser peger på, at ændringer "
        "bør varsles i god tid, så familierne kan planlægge.",
    ),
    Field.HEALTH: (
        "Antallet af borgere over 80 år stiger med {pct} pct. i de kommende ti år. Det stiller krav til både "
        "boliger, medarbejdere og samarbejdet med sygehuset.",
        "Ældrerådet har behandlet sagen på sit møde og har ingen indvendinger, men beder om at blive inddraget igen, "
        "når der foreligger et endeligt forslag.",
        "{kommune} arbejder efter en rehabiliterende tilgang. Det betyder, at borgeren støttes i at klare så meget "
        "som muligt selv, inden der bevilges varig hjælp.",
        "Rekruttering af social- og sundhedshjælpere er fortsat vanskelig. I {aar} var der i gennemsnit {m} "
        "ansøgere til hver stilling, mod det dobbelte få år tidligere.",
    ),
    Field.TECHNICAL: (
        "Sagen hænger sammen med klimaplanen, hvor {kommune} har forpligtet sig til at mindske udledningen af "
        "drivhusgasser med 70 pct. i forhold til 1990.",
        "Der har været nabohøring i tre uger. Høringssvarene handler især om støj, udsyn og parkering, og "
        "forvaltningens bemærkninger til dem er vedlagt som bilag.",
        "Driften varetages af Vej og Park, som har gennemgået projektet. De anbefaler, at belægningen vælges, så den "
        "kan ryddes for sne med de maskiner, der allerede er indkøbt.",
        "Området er besigtiget af forvaltningen sammen med en repræsentant for lokalrådet i {sted}. Besigtigelsen gav "
        "ikke anledning til ændringer i forslaget.",
    ),
    Field.CULTURE: (
        "Folkeoplysningsudvalget har behandlet sagen og anbefaler forslaget. Udvalget lægger vægt på, at mindre "
        "foreninger ikke får mere arbejde med skemaer og regnskaber.",
        "{kommune} har omkring {stor} foreninger. To ud af tre borgere er medlem af mindst én, og mange lægger "
        "flere timers frivilligt arbejde om ugen.",
        "Museet, biblioteket og musikskolen har siden {aar} haft en fælles kalender. Den har gjort det lettere at "
        "undgå, at store arrangementer falder på samme dag.",
    ),
    Field.EMPLOYMENT: (
        "Indsatsen følger lov om en aktiv beskæftigelsesindsats. Kommunen skal holde mindst fire samtaler med den "
        "ledige i løbet af de første seks måneder.",
        "Virksomhederne i {by} giver jobcentret gode skudsmål i den årlige måling. {pct} pct. svarer, at de er "
        "tilfredse eller meget tilfredse med samarbejdet.",
        "Tallene er trukket fra ministeriets database og kan ændre sig, når de endelige opgørelser foreligger. "
        "Udviklingen svarer til den, der ses i nabokommunerne.",
    ),
    Field.FINANCE: (
        "Direktionen har gennemgået sagen og vurderer, at den holder sig inden for aftalen mellem regeringen og "
        "kommunerne om udgifter til service og anlæg.",
        "Forvaltningen følger udviklingen tæt og vender tilbage med en ny sag, hvis forudsætningerne ændrer sig i "
        "løbet af {naeste}.",
        "Sagen har været behandlet i Hovedudvalget, som ikke havde bemærkninger ud over et ønske om tidlig "
        "inddragelse af medarbejderne.",
    ),
    Field.COUNCIL: (
        "Sagen forelægges byrådet direkte, fordi kompetencen efter styrelsesvedtægten ligger her.",
        "Materialet har været fremlagt til gennemsyn for medlemmerne på sædvanlig måde siden dagsordenens "
        "udsendelse.",
    ),
}

# Paragraphs that can stand in any matter.
ANYWHERE = (
    "Forvaltningen har i arbejdet med sagen lagt vægt på tre hensyn: at løsningen kan gennemføres inden for de "
    "afsatte midler, at den er til at forstå for borgerne, og at den kan ændres igen, hvis forudsætningerne skifter.",
    "Sagen har været drøftet på et temamøde, hvor {udvalg} fik en gennemgang af de vigtigste tal. Spørgsmål fra mødet er "
    "besvaret i et notat, som er sendt til alle medlemmer.",
    "Erfaringer fra tilsvarende kommuner viser, at tiden fra beslutning til første synlige resultat ofte undervurderes. "
    "Tidsplanen er derfor lagt med luft til klagefrister og til en prøveperiode på {m} måneder.",
    "Der er ikke lovkrav om høring i sagen, men forvaltningen har alligevel bedt lokalrådet i {sted} om en udtalelse. "
    "Lokalrådet er overvejende positivt og ønsker at blive orienteret, når arbejdet går i gang.",
    "Hvis indstillingen følges, sættes arbejdet i gang i første kvartal af {naeste}. En opgørelse af de første "
    "resultater forventes at kunne forelægges, inden budgettet for det følgende år skal vedtages.",
    "Konsekvenser for miljø og klima er vurderet som små. Hvor der skal bygges eller graves, stilles der krav om, at "
    "materialer sorteres og genbruges, og at maskiner så vidt muligt kører på el.",
    "Alternativet er at fortsætte som hidtil. Det frarådes, fordi udgiften til vedligeholdelse stiger år for år, og fordi "
    "medarbejderne bruger tid på midlertidige løsninger, som borgerne er utilfredse med.",
    "Forslaget er gennemgået sammen med de berørte medarbejdere og deres repræsentanter. De peger på behovet for tid til "
    "oplæring og på, at ansvaret skal være placeret ét sted fra begyndelsen.",
    "Tallene i sagen er opgjort i {aar}-priser. Usikkerheden er størst for de afledte udgifter, hvor skønnet hviler på "
    "erfaringer fra {m} mindre projekter i de senere år.",
    "Borgere og foreninger orienteres på hjemmesiden og i lokalavisen. De direkte berørte får brev i digital post, og "
    "der er mulighed for at ringe til forvaltningen i åbningstiden.",
    "I {by} har der tidligere været gennemført en tilsvarende ordning. Den blev stoppet i sin tid, fordi for få kendte "
    "til den, og derfor er der denne gang afsat midler til at gøre opmærksom på tilbuddet.",
    "Forvaltningen har spurgt {stor} borgere i borgerpanelet. {pct} pct. er enige i, at emnet er vigtigt, mens meningerne "
    "er delte om, hvordan opgaven bedst løses.",
    "Lovgivningen giver kommunen vide rammer på området. Ministeriets vejledning anbefaler dog, at kriterierne skrives "
    "ned, så alle ansøgere og klagere bliver behandlet ens.",
    "Indsatsen følges af en arbejdsgruppe med deltagelse af {m} fagområder. Gruppen mødes hver anden måned og giver "
    "besked til {udvalg}, hvis noget trækker ud.",
)

# "… foreslår, at {motion}": what a minority asks for instead.
MOTIONS = (
    "sagen sendes tilbage til forvaltningen med henblik på billigere løsninger",
    "beslutningen udsættes, til borgerne i {sted} har været hørt",
    "der afsættes {kr3} mere til formålet",
    "ordningen først træder i kraft i {naeste}",
    "projektet finansieres af kassebeholdningen",
    "der foretages en uafhængig vurdering af forslaget",
)
REMARKS = (
    "der mangler en plan for, hvordan borgerne bliver inddraget",
    "udgiften burde være holdt inden for budgettet",
    "forslaget rammer de mindre landsbyer hårdest",
    "det er positivt, at naboerne er blevet hørt",
    "klimahensyn burde have vejet tungere",
    "sagen bør evalueres efter et år",
)
WISHES = (
    "Udvalget ønsker en status på et møde om et halvt år.",
    "Forvaltningen undersøger muligheden for tilskud fra staten.",
    "Der udsendes en pressemeddelelse om sagen.",
    "Notatet suppleres med oplysninger om antallet af berørte borgere.",
)
CLOSED_TITLES = (
    "Køb af ejendom",
    "Salg af erhvervsgrund",
    "Personalesag",
    "Udbud af kørsel",
    "Retssag om entreprise",
)
NEWS = (
    "Åbningen af det nye aktivitetshus i {sted}",
    "Besøg fra venskabsbyen i juni",
    "Henvendelse fra beboerne på {vej}",
    "Invitation til indvielse af stien ved {vej}",
    "Kommende møder og studieture",
    "Ministeriets svar på kommunens brev om {sted}",
    "Status på ansættelse af ny chef",
    "Vejarbejde på {vej} i uge {m}",
)
