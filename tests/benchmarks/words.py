"""Words that made-up records are made of; :mod:`tests.benchmarks.records` puts them together.

Where order matters the common comes first: the generator draws from the front more often.
"""

FAMILIES = """
Wang Smith Müller Li García Johnson Zhang Kim Nguyen Williams Chen Brown Singh Jones Martínez
Kumar Lee Davis Rodríguez Silva Ivanov Schmidt Tanaka Park Rossi Wilson Lopez Anderson Dubois
Novák Kowalski Hansen Andersson Sato Ahmed Khan O'Connor Schneider Taylor Thomas Moore Martin
Jackson Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Torres
Hill Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Fischer Weber Wagner
Becker Bernard Moreau Laurent Lefèvre Bianchi Romano Ferrari Costa Santos Ferreira Almeida
Jansen Bakker Visser Larsen Nilsson Lindqvist Virtanen Korhonen Kovács Nagy Szabó Popescu
Ionescu Petrov Sokolov Popov Volkov Shevchenko Yılmaz Demir Papadopoulos Cohen Levi Haddad
Hussein Okafor Mensah Abebe Dlamini Suzuki Takahashi Watanabe Yamamoto Choi Jung Liu Yang Huang
Zhao Wu Zhou Xu Sun Patel Sharma Gupta Reddy Banerjee Chatterjee Świątek Dvořák Jørgensen
""".split()

HEADS = """
Ander Berg Lind Stein Hof Kreuz Wald Rosen Gold Silber Kowal Malin Nowi Lisow Zawad Petr Mikhail
Gorb Chern Romanen Bond Pavl Dahl Holm Ek Söder Nord West Öst Back Fair Green Black White Har
Wood Mar Thorn Ash Bel Mont Beau Ville Cast Mor Val Ser Car Per Dom Gon Mend Sanch Ib Zab
""".split()

MIDDLES = "a e i o en el in ing er ar or ow al an ik ull ess".split()

TAILS = """
sson berg mann baum feld er ski czyk enko ov ev chuk ström qvist gren lund holm ton ley ham
worth field by ford mont ville ier eau ard ez elli etti aro oni
""".split()

PARTICLES = ["van", "van der", "de", "von", "de la", "di", "ter"]

GIVENS = """
Maria John Anna Michael Wei David Elena James Sarah Thomas Laura Robert Julia Peter Emma Daniel
Sofia Andrew Katharina Mark Ana Paul Hannah Martin Yuki Stephen Olga Christopher Ingrid Alexander
Fatima Richard Claire Hiroshi Susan Mohammed Linda Carlos Priya George Helen William Natalia
Joseph Margaret Ahmed Catherine Pierre Jun Rachel Matthew Francesca Luis Min-jun Barbara Jan
Marta Erik Jean-Paul Isabelle Kenji Alice Brian Amina Luca Victoria Pedro Xiaoming Karen Ivan
Nadia Simon Mei Charlotte Raúl Birgit Samuel Agnieszka Timothy Zeynep Oliver Anne-Marie Kofi
""".split()

BODIES = [
    "World Health Organization",
    "European Commission",
    "National Research Council",
    "International Labour Office",
    "Royal Society of Chemistry",
    "Bundesarchiv",
    "United Nations Environment Programme",
    "Statistics Norway",
]

# ------------------------------------------------------------------------ titles

SUBJECTS = (
    """
memory|soil erosion|trade|public health|census data|gene expression|urban growth|perestroika
climate policy|labour migration|school reform|neural networks|river sediments|monetary union
protein folding|oral history|coral reefs|censorship|land tenure|vaccine uptake|railway building
household debt|bird migration|parish registers|machine translation|glacier retreat|famine relief
maternal mortality|grain prices|exile literature|dark matter|peasant revolts|groundwater
open access|diplomatic correspondence|carbon storage|attention|refugee camps|wetland plants
court records|polymer films|colonial archives|sleep|solar cells|constitutional law
antibiotic resistance|folk song|bank failures|crystal growth|missionary schools|insect decline
""".strip()
    .replace("\n", "|")
    .split("|")
)

QUALITIES = (
    """
early|long-term|regional|comparative|quantitative|late medieval|post-war|high-resolution|rural
experimental|statistical|transnational|low-cost|everyday|seasonal|large-scale|imperial|adaptive
""".strip()
    .replace("\n", "|")
    .split("|")
)

NOUNS = (
    """
origins|limits|politics|effects|evolution|decline|measurement|making|economics|history|role|use
dynamics|rise|meaning|structure|reception|geography|control|costs|consequences|management
""".strip()
    .replace("\n", "|")
    .split("|")
)

PLACES = (
    """
East Germany|Brazil|the Baltic states|southern India|Kenya|northern Italy|Ukraine|Scotland|Japan
the Low Countries|Mexico City|the Soviet Union|western Norway|Chile|the Rhine valley|Ghana|Quebec
central Asia|Hungary|the American South|coastal Peru|Bohemia|Ireland|the Ottoman Empire|Vietnam
""".strip()
    .replace("\n", "|")
    .split("|")
)

PATTERNS = [
    "The {noun} of {quality} {subject} in {place}",
    "{subject} and {subject2} in {place}, {year}–{year2}",
    "{quality} {subject}: a review",
    "The {noun} of {subject}",
    "{subject} in {place}: {noun} and {noun2}",
    "How {subject} shaped {subject2}",
    "{quality} approaches to {subject} and {subject2}: the {noun} of {place}",
    "On the {noun} of {subject}",
    "What do we know about {subject}? The {noun} of {quality} {subject2}",
    "‘{subject}’ and the {noun} of {subject2} in {place}",
]

# ------------------------------------------------------------------------ where it appeared

JOURNALS = {
    "Journal of Modern History": "J. Mod. Hist.",
    "Proceedings of the National Academy of Sciences": "Proc. Natl. Acad. Sci.",
    "Slavic Review": "Slav. Rev.",
    "Nature Climate Change": "Nat. Clim. Chang.",
    "American Historical Review": "Am. Hist. Rev.",
    "Physical Review Letters": "Phys. Rev. Lett.",
    "Journal of Economic Perspectives": "J. Econ. Perspect.",
    "The Lancet": "Lancet",
    "Cold War History": "Cold War Hist.",
    "Annual Review of Sociology": "Annu. Rev. Sociol.",
    "Zeitschrift für Geschichtswissenschaft": "Z. Gesch.wiss.",
    "Water Resources Research": "Water Resour. Res.",
    "Bioinformatics": "Bioinformatics",
    "Annales de démographie historique": "Ann. Démogr. Hist.",
    "International Journal of Remote Sensing": "Int. J. Remote Sens.",
    "Past & Present": "Past Present",
    "Revista de Indias": "Rev. Indias",
    "Archives and Manuscripts": "Arch. Manuscr.",
    "Journal of the American Chemical Society": "J. Am. Chem. Soc.",
    "Europe-Asia Studies": "Eur. Asia Stud.",
}

CONFERENCES = [
    "Proceedings of the International Conference on Computational Linguistics",
    "Advances in Neural Information Processing Systems",
    "Proceedings of the European Workshop on Digital Libraries",
    "Proceedings of the World Congress on Soil Science",
    "Actes du congrès international d’histoire économique",
]

PUBLISHERS = [
    ("Oxford University Press", "Oxford"),
    ("Cambridge University Press", "Cambridge"),
    ("Springer", "Berlin"),
    ("Routledge", "London"),
    ("University of Chicago Press", "Chicago"),
    ("Brill", "Leiden"),
    ("De Gruyter", "Berlin"),
    ("Presses universitaires de France", "Paris"),
    ("Cornell University Press", "Ithaca, NY"),
    ("Il Mulino", "Bologna"),
    ("Central European University Press", "Budapest"),
    ("Harvard University Press", "Cambridge, MA"),
]

UNIVERSITIES = [
    ("University of Michigan", "Ann Arbor"),
    ("Humboldt-Universität zu Berlin", "Berlin"),
    ("University College London", "London"),
    ("Uniwersytet Warszawski", "Warsaw"),
    ("Stanford University", "Stanford, CA"),
    ("Universidade de São Paulo", "São Paulo"),
]

SITES = [
    "Making the History of 1989",
    "Our World in Data",
    "The Conversation",
    "Encyclopedia of the Environment",
    "Wilson Center Digital Archive",
    "Eurostat",
]

ARCHIVES = [
    ("National Archives", "Kew", "Foreign Office Correspondence"),
    ("Bundesarchiv", "Koblenz", "Nachlass Brentano"),
    ("Hoover Institution Archives", "Stanford, CA", "Hoare Papers"),
    ("Archiwum Akt Nowych", "Warsaw", "Komitet Centralny"),
    ("Bodleian Library", "Oxford", "Milner Papers"),
    ("George Bush Presidential Library", "College Station, TX", "Scowcroft Files"),
]

GENRES = ["letter", "memorandum", "telegram", "report"]
