"""Run a query with synonyms: what the typed words match comes before what only synonyms match."""

from minutes.search.filters import Order, SearchFilters
from minutes.search.searcher import Searcher
from minutes.search.synonyms import ExpandedQuery, expand


class TieredSearcher(Searcher):
    """Runs the widened query; by rank, all matches of the query as typed come first.

    So synonyms cost nothing but their counting where the typed words alone fill the page. Otherwise a page
    makes four more queries.
    """

    def __init__(
        self,
        expanded: ExpandedQuery,
        filters: SearchFilters | None = None,
        typed: Searcher | None = None,
        *,
        grouped: bool = False,
    ) -> None:
        super().__init__(expanded.widened, filters, grouped=grouped)
        self.expansions = expanded.expansions
        self._typed = typed or Searcher(expanded.typed, filters, grouped=grouped)
        self._others = Searcher(expanded.others, filters, grouped=grouped)

    def in_all_texts(self) -> "TieredSearcher":
        """Return a searcher that finds synonyms anywhere, not only in titles and decisions."""
        expanded = expand(self._typed.query, anywhere=True)
        if not expanded:
            return self
        return TieredSearcher(expanded, self.filters, self._typed, grouped=self.grouped)

    def typed_words_match(self) -> bool:
        """Return whether any item matches without synonyms. Two queries unless a page by rank was read."""
        if self._typed.all_matches is None and not self._typed.min_total:
            self._typed.first(1, Order.NEWEST)
        return bool(self._typed.min_total)

    def ranked(self, start: int, count: int) -> list[int]:
        items = [] if self._typed.all_matches == [] else self._typed.ranked(start, count)
        if len(items) < count and self._typed.end is not None:
            if self.grouped:
                # A case of which the typed words match an item has its place already.
                self._others.excluded_cases = self._typed.read_cases
            if self._others.all_matches != []:
                items += self._others.ranked(max(start - self._typed.end, 0), count - len(items))
        if self._typed.all_matches is not None and self._others.all_matches is not None:
            self.all_matches = [*self._typed.all_matches, *self._others.all_matches]
            self.known_total = len(self.all_matches)
        if self._typed.end is not None and self._others.end is not None:
            self.known_places = self._typed.end + self._others.end
        return items
