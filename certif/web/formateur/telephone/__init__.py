"""The formateur's phone without network: where it is offered, what is fetched ahead, what is sent later."""
