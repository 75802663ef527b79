"""Apps and clients that misbehave cost themselves something, and nobody else."""

from soak.connections import large_bodies, odd_requests
from soak.figures import Figures
from soak.house import House
from soak.places import Place
from soak.webhooks import webhooks
from tests.faults.houses import run


def test_webhooks_that_misbehave_leave_the_neighbours_callbacks_alone(tmp_path):
    async def quick(place: Place) -> Figures:
        figures = await webhooks(place, rate=30.0, bad_rate=5.0, seconds=2.0)
        slow = ("hang", "drip")  # their alerts come when Twilio's 15 s are over
        figures.found = [figure for figure in figures.found if not figure.name.startswith(slow)]
        return figures

    run(quick, tmp_path)


def test_large_bodies_and_odd_requests_are_refused_by_the_whole_program(tmp_path):
    async def quick(place: Place) -> Figures:
        figures = Figures("rude requests")
        with House(place.folder) as house:
            house.start()
            await large_bodies(figures, house)
            await odd_requests(figures, house)
        return figures

    run(quick, tmp_path)
