package dev.recount.standalone.architecture.offender.querycallscommand.query;

import dev.recount.standalone.architecture.offender.querycallscommand.command.Target;

record Offender(Target target) {}
