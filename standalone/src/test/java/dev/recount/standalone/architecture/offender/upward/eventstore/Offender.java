package dev.recount.standalone.architecture.offender.upward.eventstore;

import dev.recount.standalone.architecture.offender.upward.web.Target;

record Offender(Target target) {}
