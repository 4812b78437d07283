"""The address of every screen."""

from django.urls import path

from groundgame.server.web.cuts import borders, edit, find
from groundgame.server.web.cuts import view as cuts
from groundgame.server.web.experiments import turnout
from groundgame.server.web.experiments import view as experiments
from groundgame.server.web.home import view as home
from groundgame.server.web.jobs import view as jobs
from groundgame.server.web.matches import columns, twice
from groundgame.server.web.matches import view as matches
from groundgame.server.web.packets import view as packets
from groundgame.server.web.paper import view as paper
from groundgame.server.web.places import view as places
from groundgame.server.web.quarantine import view as quarantine
from groundgame.server.web.rescue import view as rescue
from groundgame.server.web.results import view as results
from groundgame.server.web.scripts import view as scripts
from groundgame.server.web.snapshots import bring_in
from groundgame.server.web.snapshots import view as snapshots
from groundgame.server.web.universes import view as universes
from groundgame.server.web.universes import where

urlpatterns = [
    path("", home.home, name="home"),
    path("snapshots/", bring_in.index, name="snapshots"),
    path("snapshots/layout/<int:id>/", bring_in.layout, name="import-layout"),
    path("snapshots/<int:id>/", snapshots.page, name="snapshot"),
    path("snapshots/<int:id>/doors.geojson", snapshots.doors, name="snapshot-map"),
    path(
        "snapshots/<int:id>/streets.geojson",
        snapshots.streets,
        name="snapshot-streets",
    ),
    path("snapshots/<int:id>/walked/", snapshots.walked, name="snapshot-walked"),
    path("snapshots/<int:id>/turnout/", turnout.page, name="turnout"),
    path("snapshots/<int:id>/compare/", snapshots.compare, name="compare"),
    path("snapshots/<int:snapshot>/unplaced/", places.index, name="unplaced"),
    path(
        "snapshots/<int:snapshot>/unplaced/<str:door>/", places.page, name="place-door"
    ),
    path("snapshots/<int:snapshot>/locate/", places.locate, name="locate"),
    path(
        "snapshots/<int:snapshot>/undo-place/<int:id>/",
        places.undo,
        name="undo-place",
    ),
    path("universes/", universes.index, name="universes"),
    path("universes/over/<int:snapshot>/", universes.build, name="universe-new"),
    path(
        "universes/over/<int:snapshot>/preview/",
        universes.preview,
        name="universe-preview",
    ),
    path(
        "universes/over/<int:snapshot>/doors.geojson",
        universes.preview_map,
        name="universe-preview-map",
    ),
    path("universes/over/<int:snapshot>/add/", where.add, name="universe-add"),
    path("universes/over/<int:snapshot>/lives/", where.lives, name="universe-lives"),
    path("universes/over/<int:snapshot>/area/", where.area, name="area-new"),
    path(
        "universes/over/<int:snapshot>/area/<int:id>/gone/",
        where.area_gone,
        name="area-gone",
    ),
    path("universes/over/<int:snapshot>/scores/", where.take_scores, name="scores-new"),
    path("universes/<int:id>/", universes.page, name="universe"),
    path("universes/<int:id>/doors.geojson", universes.doors, name="universe-map"),
    path("turf/", cuts.index, name="cuts"),
    path("turf/<int:id>/", cuts.page, name="cut"),
    path("turf/<int:id>/doors.geojson", cuts.doors, name="cut-map"),
    path("turf/<int:id>/streets.geojson", cuts.streets, name="cut-streets"),
    path("turf/<int:id>/edit/", edit.page, name="cut-edit"),
    path("turf/<int:id>/find/", find.page, name="cut-find"),
    path("turf/<int:id>/cost/", edit.cost, name="cut-cost"),
    path("turf/<int:id>/borders/", borders.page, name="cut-borders"),
    path("turf/<int:id>/borders.geojson", borders.lines, name="cut-border-map"),
    path("turf/<int:cut>/hand-out/", packets.hand_out_all, name="hand-out-all"),
    path("turf/<int:cut>/walk-sheets/", packets.walk_sheets, name="walk-sheets"),
    path("hand-out/<int:turf>/", packets.hand_out, name="hand-out"),
    path("packets/<uuid:id>/", packets.page, name="packet"),
    path("packets/<uuid:id>/qr.svg", packets.qr, name="packet-qr"),
    path("packets/<uuid:id>/walk-sheet/", packets.walk_sheet, name="walk-sheet"),
    path("packets/<uuid:id>/take-back/", packets.take_back, name="take-back"),
    path("experiments/", experiments.index, name="experiments"),
    path("experiments/over/<int:universe>/", experiments.design, name="experiment-new"),
    path(
        "experiments/over/<int:universe>/power/",
        experiments.power,
        name="experiment-power",
    ),
    path("experiments/<int:id>/", experiments.page, name="experiment"),
    path("experiments/<int:id>/launch/", experiments.launch, name="experiment-launch"),
    path("experiments/<int:id>/stop/", experiments.stop, name="experiment-stop"),
    path(
        "experiments/<int:id>/design.<str:kind>",
        experiments.registration,
        name="experiment-design",
    ),
    path("findings/<int:id>/", experiments.finding, name="finding"),
    path("findings/<int:id>/report.<str:kind>", experiments.report, name="report"),
    path("results/", results.index, name="results"),
    path("results/<int:cut>/", results.page, name="result"),
    path("results/<int:cut>/live/", results.live, name="result-live"),
    path("results/<int:cut>/doors.geojson", results.doors, name="result-map"),
    path("results/<int:cut>/export/", results.export, name="export"),
    path("lists/", matches.index, name="matches"),
    path("lists/columns/<int:id>/", columns.page, name="match-columns"),
    path("lists/<int:id>/", matches.page, name="match"),
    path("lists/<int:id>/decide/", matches.decide, name="match-decide"),
    path("lists/<int:id>/undo/", matches.undo, name="match-undo"),
    path("lists/<int:id>/links/", matches.links, name="match-links"),
    path("lists/<int:id>/take-back/", matches.take_back, name="match-take-back"),
    path("lists/<int:id>/twice/", twice.page, name="twice"),
    path("lists/<int:id>/twice/decide/", twice.decide, name="twice-decide"),
    path("lists/<int:id>/twice/undo/", twice.undo, name="twice-undo"),
    path("scripts/", scripts.index, name="scripts"),
    path("scripts/new/", scripts.new, name="script-new"),
    path("scripts/<int:id>/", scripts.edit, name="script"),
    path("jobs/", jobs.index, name="jobs"),
    path("jobs/<int:id>/", jobs.page, name="job"),
    path("jobs/<int:id>/progress/", jobs.progress, name="job-progress"),
    path("jobs/<int:id>/stop/", jobs.stop, name="job-stop"),
    path("jobs/<int:id>/again/", jobs.again, name="job-again"),
    path("jobs/<int:id>/file/", jobs.take, name="job-file"),
    path("quarantine/", quarantine.index, name="quarantine"),
    path("quarantine/<int:event>/release/", quarantine.release, name="release"),
    path("quarantine/<int:event>/aside/", quarantine.aside, name="set-aside"),
    path("rescue/", rescue.index, name="rescue"),
    path("rescue/squares/", rescue.squares, name="squares"),
    path("paper/", paper.index, name="paper"),
    path("paper/undo/", paper.undo, name="paper-undo"),
    path("paper/<int:id>/", paper.doubt, name="paper-doubt"),
    path("paper/<int:id>/picture.png", paper.picture, name="paper-picture"),
]
