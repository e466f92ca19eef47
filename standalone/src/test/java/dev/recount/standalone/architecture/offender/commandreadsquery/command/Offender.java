package dev.recount.standalone.architecture.offender.commandreadsquery.command;

import dev.recount.standalone.architecture.offender.commandreadsquery.query.Target;

record Offender(Target target) {}
