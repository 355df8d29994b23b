"""Times as figures: percentiles, and tables of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field


def percentile(times: Sequence[float], share: float) -> float:
    """The time that `share` of `times` do not exceed; 0 of none."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


@dataclass
class Times:
    """Milliseconds, and how often the answer was not one."""

    times: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def p50(self) -> float:
        return percentile(self.times, 0.5)

    @property
    def p95(self) -> float:
        return percentile(self.times, 0.95)

    @property
    def longest(self) -> float:
        return max(self.times, default=0.0)

    def columns(self) -> str:
        """Three columns of nine characters, and what failed."""
        if not self.times:
            return f"{'–':>9}{'–':>9}{'–':>9}" + (f"   {self.failed} failed" if self.failed else "")
        told = f"   {self.failed} failed" if self.failed else ""
        return f"{self.p50:9.1f}{self.p95:9.1f}{self.longest:9.1f}{told}"
