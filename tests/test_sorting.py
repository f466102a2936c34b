from __future__ import annotations

from claimgraph.building import sorting
from claimgraph.building.sorting import Sorter, sort_lines

LINES = [f"{n * 7919 % 1000:04}\n".encode() for n in range(1000)]


def test_more_runs_than_files_may_be_open_are_merged_in_steps(tmp_path, monkeypatch):
    monkeypatch.setattr(sorting, "WIDEST", 3)
    sorter = Sorter(tmp_path / "runs", run=50)
    sorter.add([*LINES, *LINES])
    assert list(sorter.merged()) == sorted(LINES)
    assert list(sorter.merged()) == sorted(LINES), "as often as wanted"
    assert len(list((tmp_path / "runs").iterdir())) < 3 * 6


def test_sorted_lines_leave_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr(sorting, "RUN", 100)
    assert list(sort_lines(LINES, folder=tmp_path)) == sorted(LINES)
    assert list(tmp_path.iterdir()) == []
