package dev.recount.standalone.architecture.offender.rowed.query.rows;

import dev.recount.standalone.architecture.offender.rowed.eventstore.Target;

record Offender(Target target) {}
